import { EventEmitter } from 'node:events';
import { runUntilStopped } from './run-until-stopped';

/** A process that tells what it was asked instead of ending. */
class TestHost extends EventEmitter {
  readonly said: string[] = [];
  readonly exits: number[] = [];
  readonly stderr = { write: (line: string) => this.said.push(line) };

  exit(code: number): never {
    this.exits.push(code);
    return undefined as never;
  }
}

async function run(
  start: () => Promise<{ close(): Promise<void> }>,
  ...signals: string[]
): Promise<TestHost> {
  const host = new TestHost();
  await runUntilStopped(start, host);
  for (const signal of signals) host.emit(signal);
  await new Promise(setImmediate);
  return host;
}

test('it runs until a signal', async () => {
  expect((await run(async () => ({ close: async () => undefined }))).exits).toEqual([]);
});

test.each(['SIGTERM', 'SIGINT'])('%s closes it and ends the process', async (signal) => {
  const close = jest.fn(async () => undefined);
  const { exits, said } = await run(async () => ({ close }), signal);
  expect([close.mock.calls.length, exits, said]).toEqual([1, [0], []]);
});

test('a second signal does not close it again', async () => {
  const close = jest.fn(async () => undefined);
  const { exits } = await run(async () => ({ close }), 'SIGTERM', 'SIGINT');
  expect([close.mock.calls.length, exits]).toEqual([1, [0]]);
});

test('what cannot be closed ends the process all the same, and is told', async () => {
  const close = () => Promise.reject(new Error('the pool is stuck'));
  const { exits, said } = await run(async () => ({ close }), 'SIGTERM');
  expect([exits, said]).toEqual([[1], ['the pool is stuck\n']]);
});

test('what cannot be started is told', async () => {
  const { exits, said } = await run(() => Promise.reject(new Error('no database')));
  expect([exits, said]).toEqual([[1], ['no database\n']]);
});
