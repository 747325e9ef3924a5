import { EventEmitter, once } from 'node:events';
import { run, type Runner, type WorkerEvents } from 'graphile-worker';
import type { Logger } from 'pino';
import type { JobHandlers } from './job-handlers';
import { jobTasks } from './job-tasks';
import { QueueLife } from './queue-life';
import { queueLogger } from './queue-logger';
import { openQueuePool } from './queue-pool';
import { cronItems, type ScheduledJob } from './schedule';
import { settlesWithin } from './settles-within';

export interface QueueOptions {
  databaseUrl: string;
  handlers: JobHandlers;
  /** Jobs that nobody has to ask for. */
  schedule?: readonly ScheduledJob[];
  /** Jobs at a time. */
  concurrency: number;
  logger: Logger;
}

export interface Queue {
  /** Resolves when the queue has ended, told to or not, and its connections are closed. */
  ended: Promise<void>;
  /** Takes no more jobs; those that run may finish for 5 s, then their signal aborts. */
  stop(): void;
}

/** How long jobs may go on after the stop before their signal aborts. */
const FINISH_WITHIN_MS = 5_000;
/** And before a job that ignores its signal is left behind. */
const ABORT_WITHIN_MS = 10_000;
/** How long the ends of the last jobs may take to be recorded, before they are given up (see below). */
const RECORD_WITHIN_MS = 2_000;
/** For connections to a database that does not answer any more. */
const CLOSE_WITHIN_MS = 5_000;

/**
 * The batch delays of 0 are needed: without them graphile-worker 0.17 does not wait for the statement that completes a
 * job, and a connection lost at that moment ends the process by an unhandled rejection. With them it ends the queue;
 * when two such statements fail together its count of them goes below zero, and its shutdown waits for ever.
 * There is no local queue: jobs fetched ahead would wait behind a slow one while other workers are idle.
 */
const PRESET = { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } };

/** One run of the job queue. Rejects where the database cannot be used. */
export async function startQueue(options: QueueOptions): Promise<Queue> {
  const { databaseUrl, logger, concurrency } = options;
  const pool = openQueuePool(databaseUrl, concurrency);
  const events: WorkerEvents = new EventEmitter();
  const life = new QueueLife(pool, { databaseUrl, logger });
  events.once('pool:create', ({ workerPool }) => life.begin(workerPool.id));
  try {
    const runner = await run({
      pgPool: pool,
      taskList: jobTasks({ ...options, running: life.running, interrupted: life.interrupted }),
      // Without any it would read a file named `crontab` where the process happens to run.
      parsedCronItems: cronItems(options.schedule ?? []),
      concurrency,
      events,
      logger: queueLogger(logger),
      noHandleSignals: true,
      gracefulShutdownAbortTimeout: FINISH_WITHIN_MS,
      preset: PRESET,
    });
    const ended = endOf({ runner, events, life, logger });
    // It rejects when the queue has ended by itself just now.
    return { ended, stop: () => void runner.stop().catch(() => undefined) };
  } catch (error) {
    await life.end();
    throw error;
  }
}

interface Ending {
  runner: Runner;
  events: WorkerEvents;
  life: QueueLife;
  logger: Logger;
}

async function endOf({ runner, events, life, logger }: Ending): Promise<void> {
  runner.promise.catch((error: unknown) => logger.error({ err: error }, 'the job queue ended'));
  const jobsEnded = Promise.race([
    once(events, 'pool:gracefulShutdown:complete'),
    once(events, 'pool:gracefulShutdown:error'),
  ]);
  await once(events, 'pool:gracefulShutdown');
  if (!(await settlesWithin(ABORT_WITHIN_MS, jobsEnded))) logger.warn('a job ignores that it was aborted');
  await settlesWithin(RECORD_WITHIN_MS, runner.promise);
  // A queue whose shutdown waits for ever would keep its schedule, and go on asking a pool that is closed.
  runner.stop().catch(() => undefined);
  await settlesWithin(CLOSE_WITHIN_MS, life.end());
}
