import { setImmediate as turn } from 'node:timers/promises';
import { rejectionOf } from '../../testing/rejection-of.js';
import { NetworkError } from '../../errors/network-error.js';
import { missingParts, type Part } from './part.js';
import { PartPipeline, type PipelineSteps } from './part-pipeline.js';

const SENDERS = 4;
const cut = new NetworkError('cut');

function pipelineOf(count: number, steps: Partial<PipelineSteps> = {}) {
  const log = { prepared: 0, preparing: 0, mostPreparing: 0, batches: [] as number[], sent: [] as number[] };
  const plan = { part_size: 1, part_count: count, checksum: 'sha256' } as const;
  const all: PipelineSteps = {
    prepare: async () => {
      log.preparing += 1;
      log.mostPreparing = Math.max(log.mostPreparing, log.preparing);
      await turn();
      log.preparing -= 1;
      log.prepared += 1;
    },
    sign: async (parts) => {
      log.batches.push(parts.length);
      await turn();
    },
    put: async ({ number }) => {
      await turn();
      log.sent.push(number);
    },
    retry: (_part, error) => {
      throw error;
    },
    waiting: () => {},
    ...steps,
  };
  const pipeline = new PartPipeline(missingParts(plan, count, new Set()), all, SENDERS);
  const controller = new AbortController();
  return { log, controller, run: () => pipeline.run(controller.signal) };
}

test('every part is sent once, two are read at a time, and batches stay within a call', async () => {
  const { log, run } = pipelineOf(200);
  await run();
  expect([...log.sent].sort((a, b) => a - b)).toEqual(Array.from({ length: 200 }, (_, index) => index + 1));
  expect(log.mostPreparing).toBe(2);
  expect(Math.max(...log.batches)).toBeLessThanOrEqual(16);
});

test('reading goes ahead of sending by twice the senders and no further', async () => {
  const { log, controller, run } = pipelineOf(1000, { put: () => new Promise(() => {}) });
  const outcome = rejectionOf(run());
  for (let times = 0; times < 100; times += 1) await turn();
  expect(log.prepared).toBe(SENDERS + 2 * SENDERS);
  controller.abort();
  expect(await outcome).toMatchObject({ code: 'aborted' });
});

test('with nothing missing there is nothing to do', async () => {
  const { log, run } = pipelineOf(0);
  await run();
  expect(log).toMatchObject({ prepared: 0, batches: [], sent: [] });
});

test('a part that failed comes again after its rest, read or only signed, and says so when nothing else moves', async () => {
  const failed = new Set<number>();
  const waiting = jest.fn();
  const { log, run } = pipelineOf(4, {
    put: async ({ number }: Part) => {
      await turn();
      if (failed.has(number)) return;
      failed.add(number);
      throw cut;
    },
    retry: ({ number }) => ({ delayMs: 1, reread: number === 1 }),
    waiting,
  });
  await run();
  expect(log.prepared).toBe(5);
  expect(log.batches.reduce((sum, size) => sum + size, 0)).toBe(8);
  expect(waiting).toHaveBeenCalled();
});

test.each(['prepare', 'sign', 'put'] as const)(
  'an error in %s ends everything that is under way',
  async (step) => {
    const signals: AbortSignal[] = [];
    const { run } = pipelineOf(20, {
      put: async (_part, signal) => {
        signals.push(signal);
        await turn();
      },
      [step]: () => Promise.reject(cut),
    });
    expect(await rejectionOf(run())).toBe(cut);
    expect(signals.every(({ aborted }) => aborted)).toBe(true);
  },
);
