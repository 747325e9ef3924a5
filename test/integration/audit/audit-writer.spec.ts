import { setImmediate as turn } from 'node:timers/promises';
import { BatchingAuditWriter } from '@slipway/core/audit/batching-audit-writer';
import { AuditEvent } from '@slipway/core/audit/audit-event.entity';
import type { AuditFacts } from '@slipway/core/shared/audit-writer';
import { type Principal, systemPrincipal, visitor } from '@slipway/core/shared/principal';
import { type CoreWorld, createCoreWorld } from '../../support/core-world';
import { embeddedStorage, type RunningStorage } from '../../support/object-stores';

let storage: RunningStorage;
let world: CoreWorld;
let writer: BatchingAuditWriter;

beforeAll(async () => {
  storage = await embeddedStorage.start();
  world = await createCoreWorld(storage);
});
afterAll(async () => {
  await world.close();
  await storage.stop();
});
beforeEach(() => {
  writer = new BatchingAuditWriter(world.deps.db);
});

const principal = systemPrincipal();
const facts = (reason: string): AuditFacts & { reason: string } => ({
  action: 'accessed',
  at: world.deps.clock.now(),
  reason,
});

const found = (reason: string): Promise<AuditEvent[]> => world.deps.db.manager.findBy(AuditEvent, { reason });

/** How many statements wrote them. */
async function statementsOf(prefix: string): Promise<number> {
  const rows = await world.deps.db.query<object[]>(
    `select distinct xmin from audit_events where reason like $1`,
    [`${prefix}%`],
  );
  return rows.length;
}

test('a grant is on record when its caller hears of it', async () => {
  await writer.recordGrant(principal, facts('alone'));
  expect(await found('alone')).toMatchObject([{ action: 'accessed', result: 'success' }]);
});

test('a refusal as well', async () => {
  await writer.recordRefusal(principal, facts('not_found'));
  expect(await found('not_found')).toMatchObject([{ action: 'accessed', result: 'refused' }]);
});

test('what comes while one is written is written together', async () => {
  const first = writer.recordGrant(principal, facts('crowd first'));
  await turn();
  const all = Array.from({ length: 50 }, (_, index) =>
    writer.recordGrant(principal, facts(`crowd ${index}`)),
  );
  await Promise.all([first, ...all]);
  expect(await statementsOf('crowd')).toBe(2);
});

test('each caller hears of its own row: one that cannot be written takes no other with it', async () => {
  const broken = { ...principal, kind: null as unknown as Principal['kind'] };
  const callers = ['a', 'b', 'c', 'd'].map((name) =>
    writer.recordGrant(name === 'c' ? broken : principal, facts(`mixed ${name}`)),
  );
  const outcomes = await Promise.allSettled(callers);
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
  expect(await found('mixed d')).toHaveLength(1);
  expect(await found('mixed c')).toEqual([]);
});

test('what clients send is stored as far as PostgreSQL can, and cut where it is long', async () => {
  const userAgent = `\0\ud800${'x'.repeat(2_000)}`;
  await writer.recordGrant(visitor({ ip: '::1', userAgent, requestId: null }), {
    ...facts('odd'),
    personal: { name: 'a\0b\udfff\\u0000' },
  });
  const [event] = await found('odd');
  expect(event?.personal).toEqual({
    ip: '::1',
    user_agent: `\ufffd${'x'.repeat(398)}`,
    name: 'ab\ufffd\\u0000',
  });
});

test('draining waits for what is under way, and for what waits behind it', async () => {
  const written: string[] = [];
  for (const name of ['first', 'second']) {
    void writer.recordGrant(principal, facts(`drained ${name}`)).then(() => written.push(name));
  }
  await writer.drain();
  expect(written).toEqual(['first', 'second']);
  await writer.drain();
});

test('where the database is away nobody gets what was granted', async () => {
  const other = await createCoreWorld(storage);
  const gone = new BatchingAuditWriter(other.deps.db);
  await other.close();
  const outcomes = await Promise.allSettled([
    gone.recordGrant(principal, facts('gone')),
    gone.recordGrant(principal, facts('gone')),
  ]);
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
});
