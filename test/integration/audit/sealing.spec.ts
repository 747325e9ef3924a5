import { sealAudit, SEAL_SIZE } from '@slipway/core/audit/seal-audit';
import { recordAuditEvents } from '@slipway/core/audit/record-audit-event';
import { verifyAudit } from '@slipway/core/audit/verify-audit';
import { systemPrincipal } from '@slipway/core/shared/principal';
import { inTransaction } from '@slipway/platform/db/database';
import { placed, recordMany } from '../../support/audit-steps';
import { type CoreWorld, createCoreWorld } from '../../support/core-world';
import { embeddedStorage, type RunningStorage } from '../../support/object-stores';

let storage: RunningStorage;
let world: CoreWorld;

beforeAll(async () => {
  storage = await embeddedStorage.start();
});
afterAll(() => storage.stop());
beforeEach(async () => {
  world = await createCoreWorld(storage);
});
afterEach(() => world.close());

const principal = systemPrincipal();

/** Records an event, and commits when told to. */
function lateWriter() {
  let commit: () => void = () => undefined;
  let begun: () => void = () => undefined;
  const told = new Promise<void>((resolve) => (commit = resolve));
  const recorded = new Promise<void>((resolve) => (begun = resolve));
  const ended = inTransaction(world.deps.db, async (tx) => {
    await recordAuditEvents(tx, principal, [{ action: 'renamed', at: world.deps.clock.now() }]);
    begun();
    await told;
  });
  return { recorded, commit, ended };
}

test('events are sealed in the order of their writing, so many at a time', async () => {
  await recordMany(world, { principal, count: SEAL_SIZE + 2 });
  expect(await sealAudit({}, world.deps)).toEqual({ events: SEAL_SIZE + 2, seals: 2 });
  const events = await placed(world);
  expect(events.filter(({ seal }) => seal === 1).map(({ position }) => position)).toEqual(
    Array.from({ length: SEAL_SIZE }, (_, index) => index),
  );
  expect(events.slice(SEAL_SIZE).map(({ seal, position }) => [seal, position])).toEqual([
    [2, 0],
    [2, 1],
  ]);
  expect(await sealAudit({}, world.deps)).toEqual({ events: 0, seals: 0 });
});

test('what was written first and commits last is not passed over', async () => {
  const late = lateWriter();
  await late.recorded;
  await recordMany(world, { principal, count: 2 });
  expect(await sealAudit({}, world.deps)).toEqual({ events: 2, seals: 1 });
  late.commit();
  await late.ended;
  expect(await sealAudit({}, world.deps)).toEqual({ events: 1, seals: 1 });
  const rows = await world.deps.db.query<{ seal: string }[]>('select seal from audit_events order by seq');
  expect(rows.map(({ seal }) => seal)).toEqual(['2', '1', '1']);
  expect(await verifyAudit({ anchors: false }, world.deps)).toMatchObject({
    fault: null,
    events: 3,
    seals: 2,
  });
});

test('eight writers that commit late, and sealers side by side: each event has one place', async () => {
  const writes = 25;
  const writing = new AbortController();
  const sealer = async (): Promise<void> => {
    while (!writing.signal.aborted) await sealAudit({}, world.deps);
  };
  const writer = async (index: number): Promise<void> => {
    for (let count = 0; count < writes; count += 1) {
      await inTransaction(world.deps.db, async (tx) => {
        await recordAuditEvents(tx, principal, [
          { action: 'renamed', at: world.deps.clock.now(), details: { index, count } },
        ]);
        await tx.query('select pg_sleep($1)', [((index * 7 + count * 3) % 5) / 200]);
      });
    }
  };
  const sealers = [sealer(), sealer()];
  await Promise.all(Array.from({ length: 8 }, (_, index) => writer(index)));
  writing.abort();
  await Promise.all(sealers);
  await sealAudit({}, world.deps);
  const events = await placed(world);
  expect(events).toHaveLength(8 * writes);
  expect(events.filter(({ seal }) => seal === null)).toEqual([]);
  const verdict = await verifyAudit({ anchors: false }, world.deps);
  expect(verdict).toMatchObject({ fault: null, events: 8 * writes, unsealed: 0 });
  // Or nothing was sealed while others wrote, and this test has shown nothing.
  expect(verdict.seals).toBeGreaterThan(5);
});

test('a sealer that another one keeps waiting leaves it to that one', async () => {
  await recordMany(world, { principal, count: 1 });
  await inTransaction(world.deps.db, async (tx) => {
    await tx.query('select pg_advisory_xact_lock(5518270941)');
    expect(await sealAudit({}, world.deps)).toEqual({ events: 0, seals: 0 });
  });
  expect(await sealAudit({}, world.deps)).toEqual({ events: 1, seals: 1 });
});

test('a seal is whole or not at all', async () => {
  await recordMany(world, { principal, count: 2 });
  const [event] = await placed(world);
  await expect(
    world.deps.db.query(`select audit_seal(1, '', '', $1, '', now(), '')`, [[event?.id, 'AUD-none']]),
  ).rejects.toThrow('only 1 of 2 events could be sealed');
  expect(await sealAudit({}, world.deps)).toEqual({ events: 2, seals: 1 });
  await expect(
    world.deps.db.query(`select audit_seal(2, '', '', $1, '', now(), '')`, [[event?.id]]),
  ).rejects.toThrow('only 0 of 1 events could be sealed');
});
