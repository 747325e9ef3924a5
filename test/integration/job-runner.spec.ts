import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openDatabase } from '@slipway/platform/db/database';
import { enqueue, type EnqueueOptions } from '@slipway/platform/jobs/enqueue';
import type { JobContext, JobHandlers } from '@slipway/platform/jobs/job-handlers';
import { JOB_NAMES } from '@slipway/platform/jobs/job-registry';
import { startJobRunner, type JobRunner } from '@slipway/platform/jobs/runner';
import { pino } from 'pino';
import type { DataSource } from 'typeorm';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

let database: TestDatabase;
let db: DataSource;
const runners: JobRunner[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  db = await openDatabase({ url: database.url, entities: [], applicationName: 'test' });
});

afterEach(async () => {
  await Promise.all(runners.splice(0).map((runner) => runner.stop()));
  await db.query('delete from graphile_worker._private_jobs');
});

afterAll(async () => {
  await db.destroy();
  await database.drop();
});

type Discard = JobHandlers['discard-object'];
type Run = { key: string; context: JobContext };

/** A log that can be read. */
function testLog() {
  const lines: Record<string, unknown>[] = [];
  const logger = pino(
    { level: 'debug' },
    { write: (line) => lines.push(JSON.parse(line) as Record<string, unknown>) },
  );
  return { logger, lines };
}

const idleHandlers = (): JobHandlers =>
  Object.fromEntries(JOB_NAMES.map((name) => [name, () => Promise.resolve()])) as unknown as JobHandlers;

async function start(discard: Discard, { logger } = testLog()): Promise<JobRunner> {
  const handlers = { ...idleHandlers(), 'discard-object': discard };
  const runner = await startJobRunner({ databaseUrl: database.url, handlers, concurrency: 2, logger });
  runners.push(runner);
  return runner;
}

const add = (key: string, options: EnqueueOptions = {}) =>
  enqueue(db.manager, { name: 'discard-object', payload: { key }, ...options });

interface JobRow {
  id: string;
  attempts: number;
  max_attempts: number;
  locked_by: string | null;
  due: boolean;
}
const jobs = () =>
  db.query<JobRow[]>(
    'select id, attempts, max_attempts, locked_by, run_at <= now() as due from graphile_worker.jobs',
  );

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error('It did not happen within 30 s.');
    await sleep(20);
  }
}

/** A handler that tells of its runs and lasts until it is let go. */
function manual() {
  const runs: Run[] = [];
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const handler: Discard = async ({ key }, context) => {
    runs.push({ key, context });
    await released;
  };
  return { runs, release: () => release(), handler };
}

test('a job runs with its payload, once, and is gone', async () => {
  const runs: Run[] = [];
  const { logger, lines } = testLog();
  await start(async ({ key }, context) => void runs.push({ key, context }), { logger, lines });
  await add('incoming/one', { maxAttempts: 7 });
  await until(async () => (await jobs()).length === 0);
  expect(runs).toHaveLength(1);
  expect(runs[0]).toMatchObject({ key: 'incoming/one', context: { attempt: 1, maxAttempts: 7 } });
  expect(lines).toContainEqual(
    expect.objectContaining({ job: 'discard-object', attempt: 1, msg: 'job done' }),
  );
});

test('a job that was due before the worker started runs as well', async () => {
  await add('incoming/early');
  const job = manual();
  job.release();
  await start(job.handler);
  await until(async () => (await jobs()).length === 0);
  expect(job.runs.map(({ key }) => key)).toEqual(['incoming/early']);
});

test('a job that fails is told with its payload and tried again', async () => {
  const { logger, lines } = testLog();
  const attempts: number[] = [];
  const handler: Discard = async (_payload, { attempt }) => {
    attempts.push(attempt);
    if (attempt < 2) throw new Error('the storage is away');
  };
  await start(handler, { logger, lines });
  await add('incoming/broken');
  await until(async () => (await jobs()).length === 0);
  expect(attempts).toEqual([1, 2]);
  expect(lines).toContainEqual(
    expect.objectContaining({
      msg: 'job failed and will be tried again',
      job: 'discard-object',
      attempt: 1,
      payload: { key: 'incoming/broken' },
      err: expect.objectContaining({ message: 'the storage is away' }) as object,
    }),
  );
});

test('a job that fails for the last time is told as an error and kept', async () => {
  const { logger, lines } = testLog();
  await start(() => Promise.reject(new Error('never')), { logger, lines });
  await add('incoming/hopeless', { maxAttempts: 1 });
  await until(async () => (await jobs()).some((job) => job.attempts === 1 && job.locked_by === null));
  expect(lines).toContainEqual(
    expect.objectContaining({ level: 50, msg: 'job failed for good', attempt: 1 }),
  );
});

test('a worker without a handler for each job does not start', async () => {
  const { logger } = testLog();
  const { 'expire-upload': missing, ...others } = idleHandlers();
  const handlers = others as JobHandlers;
  expect(missing).toBeDefined();
  await expect(
    startJobRunner({ databaseUrl: database.url, handlers, concurrency: 1, logger }),
  ).rejects.toThrow('The worker has no handler for: expire-upload.');
});

test('a worker without a database does not start', async () => {
  const databaseUrl = database.url.replace(/:\d+\//, ':1/');
  const { logger } = testLog();
  const handlers = idleHandlers();
  await expect(startJobRunner({ databaseUrl, handlers, concurrency: 1, logger })).rejects.toThrow(
    /ECONNREFUSED/,
  );
});

/** As a restart of the database or a network that breaks; answers how many there were. */
async function cutConnections(applicationName?: string): Promise<number> {
  const cut = await db.query<unknown[]>(
    `select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid() and ($1::text is null or application_name = $1)`,
    [applicationName ?? null],
  );
  return cut.length;
}

test('connections that are cut while a job runs lose neither the job nor the next', async () => {
  const job = manual();
  await start(job.handler);
  await add('incoming/first');
  await until(() => job.runs.length === 1);
  expect(await cutConnections()).toBeGreaterThan(1);
  job.release();
  await until(async () => (await jobs()).length === 0);
  await add('incoming/second');
  await until(async () => (await jobs()).length === 0);
  // The first runs again when its end could not be recorded.
  expect(new Set(job.runs.map(({ key }) => key))).toEqual(new Set(['incoming/first', 'incoming/second']));
});

test('connections that are cut in the moment a job completes lose nothing', async () => {
  const done: string[] = [];
  await start(async ({ key }) => {
    const again = done.includes(key);
    done.push(key);
    if (!again) await cutConnections('slipway-jobs');
  });
  const keys = ['incoming/a', 'incoming/b', 'incoming/c'];
  for (const key of keys) await add(key);
  await until(async () => (await jobs()).length === 0);
  expect(new Set(done)).toEqual(new Set(keys));
});

test('a queue that ends by itself is started again', async () => {
  const { logger, lines } = testLog();
  const job = manual();
  job.release();
  await start(job.handler, { logger, lines });
  await until(() => lines.some(({ msg }) => String(msg).startsWith('Worker connected')));
  // graphile-worker ends so before a migration that it could not live with, and sets the exit code of the process.
  await db.query(`notify "worker:migrate", '{"breaking":true,"migrationNumber":99}'`);
  await until(() => lines.some(({ msg }) => msg === 'the job queue runs again'));
  process.exitCode = undefined;
  await add('incoming/after');
  await until(async () => (await jobs()).length === 0);
  expect(job.runs.map(({ key }) => key)).toEqual(['incoming/after']);
});

test('a stop waits for the job that runs and takes no other', async () => {
  const job = manual();
  const runner = await start(job.handler);
  await add('incoming/running');
  await until(() => job.runs.length === 1);
  const stopping = runner.stop();
  await add('incoming/waiting');
  job.release();
  await stopping;
  expect(job.runs.map(({ key }) => key)).toEqual(['incoming/running']);
  expect(await jobs()).toEqual([expect.objectContaining({ attempts: 0, locked_by: null })]);
});

test('a job that the stop interrupts is given back at once, its attempt not counted', async () => {
  const { logger, lines } = testLog();
  let started = false;
  const handler: Discard = (_payload, { signal }) => {
    started = true;
    return new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(new Error('interrupted')));
    });
  };
  const runner = await start(handler, { logger, lines });
  await add('incoming/long', { maxAttempts: 1 });
  await until(() => started);
  await runner.stop();
  expect(await jobs()).toEqual([expect.objectContaining({ attempts: 0, locked_by: null, due: true })]);
  expect(lines).not.toContainEqual(expect.objectContaining({ msg: 'job failed for good' }));
});

/** As if the jobs had been taken a while ago. */
const ageLocks = () =>
  db.query(`update graphile_worker._private_jobs set locked_at = now() - interval '1 minute'`);

/** A second job, locked by whom the caller says, of which no worker knows. */
const addLocked = (key: string, lockedBy: string | null) =>
  db.query(
    `insert into graphile_worker._private_jobs (task_id, payload, attempts, locked_by, locked_at)
     select task_id, $1, 1, $2, now() from graphile_worker._private_jobs`,
    [JSON.stringify({ key }), lockedBy],
  );

test('a job whose lock is lost on the way to its worker is done by it later, those it does stay alone', async () => {
  const job = manual();
  await start(job.handler);
  await add('incoming/held');
  await until(() => job.runs.length === 1);
  const [held] = await jobs();
  await addLocked('incoming/lost', held?.locked_by ?? null);
  await ageLocks();
  await until(() => job.runs.length === 2);
  job.release();
  await until(async () => (await jobs()).length === 0);
  expect(job.runs.map(({ key }) => key)).toEqual(['incoming/held', 'incoming/lost']);
});

describe('after a worker was killed', () => {
  /** Runs until it has taken a job, then dies without a word. */
  async function killWorkerWithJob(): Promise<void> {
    const script = join(__dirname, '../support/jobs/doomed-worker.cjs');
    const worker = spawn(process.execPath, [script, database.url], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(worker.stdout, 'data');
    worker.kill('SIGKILL');
    await once(worker, 'exit');
  }

  test('its job is done by the next one, even when that was the last attempt', async () => {
    await add('incoming/orphan', { maxAttempts: 1 });
    await killWorkerWithJob();
    expect(await jobs()).toEqual([
      expect.objectContaining({ attempts: 1, locked_by: expect.any(String) as string }),
    ]);
    await ageLocks();
    const job = manual();
    job.release();
    await start(job.handler);
    await until(async () => (await jobs()).length === 0);
    expect(job.runs.map(({ key }) => key)).toEqual(['incoming/orphan']);
  });

  /** Whether a queue shows that it lives. */
  const present = async () => {
    const locks = await db.query<unknown[]>(
      `select from pg_locks where locktype = 'advisory'
          and database = (select oid from pg_database where datname = current_database())`,
    );
    return locks.length > 0;
  };

  test('the jobs of those that live stay theirs', async () => {
    const living = manual();
    await start(living.handler);
    await until(present);
    await add('incoming/held');
    await until(() => living.runs.length === 1);
    await addLocked('incoming/orphan', 'pool-of-the-dead');
    await ageLocks();
    const other = manual();
    other.release();
    await start(other.handler);
    await until(() => [...other.runs, ...living.runs].some(({ key }) => key === 'incoming/orphan'));
    living.release();
    await until(async () => (await jobs()).length === 0);
    const held = [...other.runs, ...living.runs].filter(({ key }) => key === 'incoming/held');
    expect(held).toHaveLength(1);
  });
});
