import { appendFile, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { silentLogger } from '../server-logger';
import { after, atOrAfter, pastPrefix, type Bound } from './bounds';
import { compareKeys } from './compare-keys';
import { put, remove, type Change } from './entry';
import { Ledger } from './ledger';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ledger-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const open = (rotateAt?: number): Promise<Ledger> =>
  Ledger.open(folder, { logger: silentLogger, ...(rotateAt && { rotateAt }) });

function entriesFrom(ledger: Ledger, bound: Bound): [string, unknown][] {
  const found: [string, unknown][] = [];
  const cursor = ledger.cursor(bound);
  for (let entry = cursor.peek(); entry; entry = cursor.peek()) {
    found.push([entry.key, entry.value]);
    cursor.advance();
  }
  return found;
}

const key = fc.oneof(
  fc.constantFrom('a', 'a/', 'a/b', 'b', '\uff21', '\u{1f600}'),
  fc.string({ unit: 'binary', maxLength: 3 }),
);
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.tuple(key, fc.integer()).map(([name, number]) => put(name, { number })),
  key.map(remove),
);
const step = fc.oneof(
  { weight: 6, arbitrary: fc.array(change, { minLength: 1, maxLength: 4 }) },
  { weight: 1, arbitrary: fc.constant('reopen' as const) },
  { weight: 1, arbitrary: fc.constant('settle' as const) },
);

test('it behaves like a sorted map, through rotations, merges and restarts', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), key, async (steps, probe) => {
      let ledger = await open(200);
      const model = new Map<string, unknown>();
      for (const next of steps) {
        if (next === 'settle') await ledger.settled();
        else if (next === 'reopen') {
          await ledger.close();
          ledger = await open(200);
        } else {
          ledger.write(next);
          for (const { key: name, value } of next) {
            if (value === null) model.delete(name);
            else model.set(name, value);
          }
        }
      }
      const expected = [...model].sort(([left], [right]) => compareKeys(left, right));
      expect(entriesFrom(ledger, atOrAfter(''))).toEqual(expected);
      for (const bound of [atOrAfter(probe), after(probe), pastPrefix(probe)]) {
        expect(entriesFrom(ledger, bound)).toEqual(expected.filter(([name]) => bound(name)));
      }
      for (const [name, value] of expected) expect(ledger.get(name)).toEqual(value);
      await ledger.close();
      await rm(folder, { recursive: true });
    }),
    { numRuns: 60 },
  );
});

test('a torn last line is dropped and the changes before it stay', async () => {
  const ledger = await open();
  ledger.write([put('whole', { is: true })]);
  ledger.write([put('torn', { is: true })]);
  await ledger.close();
  const path = join(folder, '1.log');
  const size = (await readFile(path)).length;

  for (let lost = 1; lost < 30; lost++) {
    await truncate(path, size - lost);
    const again = await open();
    expect([again.get('whole'), again.get('torn')]).toEqual([{ is: true }, undefined]);
    await again.close();
  }
});

test('what is written after a torn line was dropped is not lost with it', async () => {
  const ledger = await open();
  ledger.write([put('first', {})]);
  await ledger.close();
  await appendFile(join(folder, '1.log'), '12345678 [["half');
  const second = await open();
  second.write([put('second', {})]);
  await second.close();
  const third = await open();
  expect([third.get('first'), third.get('second')]).toEqual([{}, {}]);
  await third.close();
});

test('files that a crash left over are removed', async () => {
  const ledger = await open(100);
  for (let number = 0; number < 20; number++) ledger.write([put(`key-${number}`, { number })]);
  await ledger.settled();
  await ledger.close();
  await writeFile(join(folder, '999.table'), 'half a table');
  await writeFile(join(folder, '0.log'), 'an old log');
  await writeFile(join(folder, 'manifest.json.tmp'), 'half a manifest');

  const again = await open(100);
  const names = await readdir(folder);
  expect(names).toEqual(expect.not.arrayContaining(['999.table', '0.log', 'manifest.json.tmp']));
  expect(again.get('key-7')).toEqual({ number: 7 });
  await again.close();
});

test('a crash while a log is emptied loses nothing', async () => {
  const ledger = await open(1_000_000);
  ledger.write([put('old', { version: 1 }), put('kept', {})]);
  await ledger.close();
  // As the crash leaves it: a second log was begun, the table for the first was not finished.
  const begun = await open();
  await begun.close();
  await writeFile(join(folder, '2.log'), '');
  const again = await open();
  again.write([put('old', { version: 2 })]);
  await again.close();
  const last = await open();
  expect([last.get('old'), last.get('kept')]).toEqual([{ version: 2 }, {}]);
  await last.close();
});

test('deleted entries stay deleted through merges', async () => {
  const ledger = await open(300);
  for (let number = 0; number < 50; number++)
    ledger.write([put('same', { number }), put(`gone-${number}`, {})]);
  for (let number = 0; number < 50; number++) ledger.write([remove(`gone-${number}`)]);
  for (let number = 0; number < 50; number++) ledger.write([put('same', { number })]);
  await ledger.settled();
  expect(entriesFrom(ledger, atOrAfter(''))).toEqual([['same', { number: 49 }]]);
  await ledger.close();
});
