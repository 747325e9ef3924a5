import type { JobContext } from '@slipway/platform/jobs/job-handlers';
import { sealAuditJob } from '@slipway/worker/audit/seal-audit.job';
import { watchAuditJob } from '@slipway/worker/audit/watch-audit.job';
import { SCHEDULE } from '@slipway/worker/schedule';
import { pino } from 'pino';
import { anchorsOf, placed, recordMany } from '../../support/audit-steps';
import { type CoreWorld, createCoreWorld } from '../../support/core-world';
import { embeddedStorage, type RunningStorage } from '../../support/object-stores';

let storage: RunningStorage;
let world: CoreWorld;
let told: Record<string, unknown>[];
let context: JobContext;

beforeAll(async () => {
  storage = await embeddedStorage.start();
});
afterAll(() => storage.stop());

beforeEach(async () => {
  world = await createCoreWorld(storage);
  told = [];
  const log = pino({}, { write: (line: string) => told.push(JSON.parse(line) as (typeof told)[0]) });
  context = { jobId: '7', attempt: 1, maxAttempts: 1, signal: new AbortController().signal, log };
});
afterEach(() => world.close());

test('both run every minute', () => {
  const every = SCHEDULE.filter(({ at }) => at === '* * * * *').map(({ name }) => name);
  expect(every).toEqual(expect.arrayContaining(['seal-audit', 'watch-audit']));
});

test('sealing writes the anchor as well, warns of one without the lock that was asked for, and is quiet when idle', async () => {
  world.deps.settings.audit.anchorLockDays = 5;
  await recordMany(world, { principal: await world.newUser(), count: 2 });
  await sealAuditJob(world.deps)({}, context);
  expect((await placed(world)).every(({ seal }) => seal === 1)).toBe(true);
  const [anchor] = await anchorsOf(world);
  expect(told).toMatchObject([
    { msg: 'audit sealed', events: 3, seals: 1, key: anchor?.key, locked: false },
    { level: 40, msg: 'the storage took the anchor only without a lock' },
  ]);
  await sealAuditJob(world.deps)({}, context);
  expect(told).toHaveLength(2);
});

test('a sealing that is told to stop ends after the batch it is at', async () => {
  await recordMany(world, { principal: await world.newUser(), count: 1_500 });
  await sealAuditJob(world.deps)({}, { ...context, signal: AbortSignal.abort() });
  expect((await placed(world)).filter(({ seal }) => seal === null)).toHaveLength(501);
});

test('watching tells the log of an anomaly, without the address', async () => {
  world.deps.settings.audit.manyDenials = 2;
  const user = await world.newUser();
  await recordMany(world, { principal: user, count: 2, result: 'refused', reason: 'not_found' });
  await watchAuditJob(world.deps)({}, context);
  const actor = { kind: 'user', id: user.id };
  expect(told).toMatchObject([
    { level: 40, rule: 'many_denials_by_address', actor: null, count: 2 },
    { level: 40, rule: 'many_denials_by_caller', actor, count: 2 },
  ]);
  expect(JSON.stringify(told)).not.toContain(user.ip);
});
