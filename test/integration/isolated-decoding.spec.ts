import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { IsolationLimits } from '@slipway/platform/media/isolated/isolation-limits';
import { runIsolated } from '@slipway/platform/media/isolated/run-isolated';
import { isRunning, processesMentioning, survivorsOf } from '../support/isolated/processes';

const SUPPORT = join(__dirname, '../support/isolated');
const CHILD = join(SUPPORT, 'misbehaving-child.cjs');
const ROOMY: IsolationLimits = {
  timeoutMs: 30_000,
  cpuSeconds: 20,
  memoryBytes: 600_000_000,
  heapMebibytes: 512,
};

const run = <Result>(payload: object, limits: Partial<IsolationLimits> = {}, signal?: AbortSignal) =>
  runIsolated<Result>({ entry: CHILD, payload, limits: { ...ROOMY, ...limits }, signal });

/** The pids that `hangWithGrandchild` or the doomed parent's child wrote. */
async function pidsIn(file: string): Promise<number[]> {
  while (!existsSync(file) || (await readFile(file, 'utf8')) === '') await sleep(20);
  return (await readFile(file, 'utf8')).split(' ').map(Number);
}

let folder: string;
let files = 0;
const pidFile = () => join(folder, `${(files += 1)}.pid`);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'slipway-test-'));
});

afterAll(() => rm(folder, { recursive: true }));

test('bytes go in and come out as they are', async () => {
  const value = Buffer.from([0, 1, 254, 255]);
  expect(await run({ behaviour: 'answer', value })).toEqual({ ok: true, result: value });
});

test('a child that hangs is ended at its time limit', async () => {
  expect(await run({ behaviour: 'hang' }, { timeoutMs: 500 })).toMatchObject({
    ok: false,
    reason: 'timeout',
    message: 'The file takes longer than 0.5 s to decode.',
    permanent: false,
  });
});

test('a child that spins in native or JavaScript code is ended at its time limit', async () => {
  expect(await run({ behaviour: 'spin' }, { timeoutMs: 500 })).toMatchObject({
    ok: false,
    reason: 'timeout',
  });
});

test('a child that spins is ended by the kernel at its processor time limit', async () => {
  expect(await run({ behaviour: 'spin' }, { cpuSeconds: 1 })).toMatchObject({ ok: false, reason: 'cpu' });
});

test('a child that eats native memory is ended at its memory limit', async () => {
  expect(await run({ behaviour: 'eatNativeMemory' }, { memoryBytes: 300_000_000 })).toMatchObject({
    ok: false,
    reason: 'memory',
    permanent: false,
  });
});

test('a child whose JavaScript heap is full is ended for memory', async () => {
  expect(await run({ behaviour: 'eatHeap' }, { heapMebibytes: 32 })).toMatchObject({
    ok: false,
    reason: 'memory',
  });
});

test.each(['segfault', 'exit', 'throwError'])(
  'a child that dies without an answer has crashed: %s',
  async (behaviour) => {
    expect(await run({ behaviour })).toMatchObject({ ok: false, reason: 'crash', permanent: false });
  },
);

test('the log learns what a crashed child said last', async () => {
  expect(await run({ behaviour: 'throwError' })).toMatchObject({
    detail: expect.stringContaining('Error: a bug'),
  });
});

test('a child that cannot be started has crashed', async () => {
  const missing = join(SUPPORT, 'missing.cjs');
  expect(await runIsolated({ entry: missing, payload: {}, limits: ROOMY })).toMatchObject({
    ok: false,
    reason: 'crash',
  });
});

test('a file that the child refuses is refused for good', async () => {
  expect(await run({ behaviour: 'refuse' })).toEqual({
    ok: false,
    reason: 'input',
    message: 'The file is broken.',
    permanent: true,
  });
});

test('the child knows nothing of the environment of the server', async () => {
  process.env['SLIPWAY_TEST_SECRET'] = 'hidden';
  const outcome = await run<string[]>({ behaviour: 'environment' });
  delete process.env['SLIPWAY_TEST_SECRET'];
  expect(outcome.ok && outcome.result.sort()).toEqual([
    'MALLOC_ARENA_MAX',
    'PATH',
    'UV_THREADPOOL_SIZE',
    'VIPS_CONCURRENCY',
  ]);
});

/** Containers often forbid it; then a decoder has the network in reach, as there is no other way. */
const namespaces = ['--net', '--map-root-user --net'].some(
  (flags) => spawnSync('/usr/bin/unshare', [...flags.split(' '), '/bin/true']).status === 0,
);

test('the child reaches no network, not even this machine, where the kernel lets it be cut off', async () => {
  const server = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  const outcome = await run({ behaviour: 'connect', port });
  server.close();
  expect(outcome).toEqual({ ok: true, result: namespaces ? 'ENETUNREACH' : 'connected' });
});

test('what the child leaves behind goes with it', async () => {
  const outcome = await run<number>({ behaviour: 'abandonGrandchild' });
  if (!outcome.ok) throw new Error(outcome.message);
  expect(await survivorsOf([outcome.result])).toEqual([]);
});

test('an abort ends the child and its descendants and rejects with the reason', async () => {
  const file = pidFile();
  const abort = new AbortController();
  const running = run({ behaviour: 'hangWithGrandchild', pidFile: file }, {}, abort.signal);
  const pids = await pidsIn(file);
  expect(await Promise.all(pids.map(isRunning))).toEqual([true, true]);
  abort.abort(new Error('shutting down'));
  await expect(running).rejects.toThrow('shutting down');
  expect(await survivorsOf(pids)).toEqual([]);
});

test('a signal that has aborted before starts nothing', async () => {
  await expect(run({ behaviour: 'hang' }, {}, AbortSignal.abort(new Error('over')))).rejects.toThrow('over');
});

test('a child and its descendants do not outlive a parent that was killed', async () => {
  const file = pidFile();
  const parent = spawn(process.execPath, [join(SUPPORT, 'doomed-parent.cjs'), file], { stdio: 'ignore' });
  const pids = await pidsIn(file);
  parent.kill('SIGKILL');
  expect(await survivorsOf(pids)).toEqual([]);
});

test('after all of these no child is left', async () => {
  expect(await processesMentioning(CHILD)).toEqual([]);
});
