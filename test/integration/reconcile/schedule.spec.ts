import { setTimeout as sleep } from 'node:timers/promises';
import { openDatabase } from '@slipway/platform/db/database';
import type { JobHandlers } from '@slipway/platform/jobs/job-handlers';
import { JOB_NAMES } from '@slipway/platform/jobs/job-registry';
import { startJobRunner, type JobRunner } from '@slipway/platform/jobs/runner';
import { cronItems } from '@slipway/platform/jobs/schedule';
import { SCHEDULE } from '@slipway/worker/schedule';
import { pino } from 'pino';
import type { DataSource } from 'typeorm';
import { createTestDatabase, type TestDatabase } from '../../support/test-database';

let database: TestDatabase;
let db: DataSource;
let done: string[];
const runners: JobRunner[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  db = await openDatabase({ url: database.url, entities: [], applicationName: 'test' });
});

beforeEach(() => {
  done = [];
});

afterEach(async () => {
  await Promise.all(runners.splice(0).map((runner) => runner.stop()));
});

afterAll(async () => {
  await db.destroy();
  await database.drop();
});

async function startWorker(): Promise<void> {
  const handlers = JOB_NAMES.map((name) => [name, async () => void done.push(name)] as const);
  runners.push(
    await startJobRunner({
      databaseUrl: database.url,
      handlers: Object.fromEntries(handlers) as unknown as JobHandlers,
      schedule: SCHEDULE,
      concurrency: 2,
      logger: pino({ level: 'silent' }),
    }),
  );
}

async function until(look: () => Promise<boolean> | boolean): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!(await look())) {
    if (Date.now() > deadline) throw new Error('It did not happen within 20 s');
    await sleep(20);
  }
}

const known = async (): Promise<string[]> => {
  const sql = 'select identifier from graphile_worker._private_known_crontabs order by identifier';
  return (await db.query<{ identifier: string }[]>(sql)).map(({ identifier }) => identifier);
};

const names = SCHEDULE.map(({ name }) => name).toSorted();

/** What has missed its time is made up for only where that is of use. */
const madeUpFor = SCHEDULE.filter(({ madeUpForWithin }) => madeUpForWithin > 0).map(({ name }) => name);

/** What runs every minute may run at any time of a test. */
const doneOfThose = (): string[] =>
  done.filter((name) => madeUpFor.some((other) => other === name)).toSorted();

test('the first worker notes what is scheduled, and does nothing before its time', async () => {
  await startWorker();
  await until(async () => (await known()).length === names.length);
  expect(await known()).toEqual(names);
  expect(doneOfThose()).toEqual([]);
});

test('what was missed while no worker ran is made up for, once, by one of several workers', async () => {
  await db.query(
    `update graphile_worker._private_known_crontabs
        set known_since = now() - interval '30 days', last_execution = now() - interval '2 days'`,
  );
  await Promise.all([startWorker(), startWorker()]);
  await until(() => doneOfThose().length >= madeUpFor.length);
  const sql = 'select 1 from graphile_worker.jobs';
  await until(async () => (await db.query<unknown[]>(sql)).length === 0);
  expect(doneOfThose()).toEqual(madeUpFor.toSorted());
});

test('bucket and database are compared at seventeen past three in the night, UTC', () => {
  const item = cronItems(SCHEDULE).find(({ task }) => task === 'reconcile');
  const at = (hour: number, min: number) => item?.match({ min, hour, date: 1, month: 2, dow: 3 });
  expect([at(3, 17), at(3, 18), at(15, 17)]).toEqual([true, false, false]);
});
