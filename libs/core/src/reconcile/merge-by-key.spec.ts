import { array, assert, asyncProperty, constantFrom, pre, string } from 'fast-check';
import { compareKeys, mergeByKey } from './merge-by-key';

const ascending = (keys: Iterable<string>): { key: string }[] =>
  [...new Set(keys)].toSorted(compareKeys).map((key) => ({ key }));

async function* stream<Item>(items: Iterable<Item>): AsyncGenerator<Item> {
  yield* items;
}

async function merged(left: { key: string }[], right: { key: string }[]) {
  const pairs: [string | null, string | null][] = [];
  for await (const pair of mergeByKey(stream(left), stream(right))) {
    pairs.push([pair.left?.key ?? null, pair.right?.key ?? null]);
  }
  return pairs;
}

/** Few letters, so that keys meet; beyond U+FFFF and just below it, where orders differ. */
const key = string({ unit: constantFrom('a', 'b', '/', 'é', '\uffee', '😀'), maxLength: 4 });

test('keys have the order of their UTF-8 bytes', () => {
  expect(['\uffee', '😀', 'z', 'é', 'Z', 'a/b', 'a', 'a-b'].toSorted(compareKeys)).toEqual([
    'Z',
    'a',
    'a-b',
    'a/b',
    'z',
    'é',
    '\uffee',
    '😀',
  ]);
});

test('every key of either side comes once, in order, with both of those that both sides have', async () => {
  await assert(
    asyncProperty(array(key), array(key), async (lefts, rights) => {
      const [left, right] = [new Set(lefts), new Set(rights)];
      const expected = ascending([...lefts, ...rights]).map(({ key: one }) => [
        left.has(one) ? one : null,
        right.has(one) ? one : null,
      ]);
      expect(await merged(ascending(lefts), ascending(rights))).toEqual(expected);
    }),
  );
});

test('a stream that is out of order, or repeats a key, is refused on either side', async () => {
  await assert(
    asyncProperty(array(key, { minLength: 2 }), array(key), async (keys, others) => {
      const broken = keys.map((one) => ({ key: one }));
      pre(broken.some((one, index) => index > 0 && compareKeys(keys[index - 1] ?? '', one.key) >= 0));
      await expect(merged(broken, ascending(others))).rejects.toThrow('out of order');
      await expect(merged(ascending(others), broken)).rejects.toThrow('out of order');
    }),
  );
});

test('sources are ended when nobody reads on', async () => {
  const ended: string[] = [];
  async function* source(name: string) {
    try {
      for (let index = 1000; ; index += 1) yield { key: `${index}` };
    } finally {
      ended.push(name);
    }
  }
  for await (const { left } of mergeByKey(source('left'), source('right'))) if (left?.key === '1002') break;
  expect(ended.toSorted()).toEqual(['left', 'right']);
});

test('what a source throws comes through, and the other is ended', async () => {
  const failing = (async function* () {
    yield { key: 'a' };
    throw new Error('the storage is away');
  })();
  const pairs = mergeByKey(failing, stream([{ key: 'a' }, { key: 'b' }]));
  expect((await pairs.next()).value).toEqual({ left: { key: 'a' }, right: { key: 'a' } });
  await expect(pairs.next()).rejects.toThrow('the storage is away');
});
