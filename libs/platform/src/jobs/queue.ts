import { EventEmitter } from 'node:events';
import { run, type Runner, type WorkerEvents } from 'graphile-worker';
import { Pool } from 'pg';
import type { Logger } from 'pino';
import type { JobHandlers } from './job-handlers';
import { jobTasks } from './job-tasks';
import { QueueLife } from './queue-life';
import { queueLogger } from './queue-logger';
import { settlesWithin } from './settles-within';

export interface QueueOptions {
  databaseUrl: string;
  handlers: JobHandlers;
  /** Jobs at a time. */
  concurrency: number;
  logger: Logger;
}

export interface Queue {
  /** Resolves when the queue has ended, told to or not, and its connections are closed; 15 s after it began to. */
  ended: Promise<void>;
  /** Takes no more jobs; those that run may finish for 5 s, then their signal aborts. */
  stop(): void;
}

/** How long jobs may go on after the stop before their signal aborts. */
const FINISH_WITHIN_MS = 5_000;
/** And before the queue is left as it is: a job ignores its signal, or graphile-worker has lost count (see below). */
const SHUT_DOWN_WITHIN_MS = 10_000;
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
  const pool = openPool(databaseUrl, concurrency);
  const events: WorkerEvents = new EventEmitter();
  const life = new QueueLife(pool, { databaseUrl, logger });
  events.once('pool:create', ({ workerPool }) => life.begin(workerPool.id));
  const shuttingDown = new Promise<void>((resolve) => events.once('pool:gracefulShutdown', () => resolve()));
  try {
    const runner = await run({
      pgPool: pool,
      taskList: jobTasks({ ...options, running: life.running, interrupted: life.interrupted }),
      // Else it reads a file named `crontab` where the process happens to run.
      parsedCronItems: [],
      concurrency,
      events,
      logger: queueLogger(logger),
      noHandleSignals: true,
      gracefulShutdownAbortTimeout: FINISH_WITHIN_MS,
      preset: PRESET,
    });
    const ended = endOf({ runner, shuttingDown, life, logger });
    // It rejects when the queue has ended by itself just now.
    return { ended, stop: () => void runner.stop().catch(() => undefined) };
  } catch (error) {
    await life.end();
    throw error;
  }
}

interface Ending {
  runner: Runner;
  shuttingDown: Promise<void>;
  life: QueueLife;
  logger: Logger;
}

async function endOf({ runner, shuttingDown, life, logger }: Ending): Promise<void> {
  runner.promise.catch((error: unknown) => logger.error({ err: error }, 'the job queue ended'));
  await shuttingDown;
  if (!(await settlesWithin(SHUT_DOWN_WITHIN_MS, runner.promise))) logger.warn('the job queue does not end');
  await settlesWithin(CLOSE_WITHIN_MS, life.end());
}

function openPool(databaseUrl: string, concurrency: number): Pool {
  const pool = new Pool({
    connectionString: databaseUrl,
    application_name: 'slipway-jobs',
    // One more listens.
    max: concurrency + 1,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
  });
  // A lost connection shows where it is used; without listeners it would end the process.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}
