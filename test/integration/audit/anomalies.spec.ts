import { AuditEvent } from '@slipway/core/audit/audit-event.entity';
import { watchAudit } from '@slipway/core/audit/watch-audit';
import type { AuditFacts } from '@slipway/core/shared/audit-writer';
import { type Principal, systemPrincipal, visitor } from '@slipway/core/shared/principal';
import { type CoreWorld, createCoreWorld } from '../../support/core-world';
import { embeddedStorage, type RunningStorage } from '../../support/object-stores';

let storage: RunningStorage;
let world: CoreWorld;
let user: Principal;

beforeAll(async () => {
  storage = await embeddedStorage.start();
});
afterAll(() => storage.stop());
beforeEach(async () => {
  world = await createCoreWorld(storage);
  Object.assign(world.deps.settings.audit, { manyDenials: 3, massAccess: 4 });
  user = await world.newUser();
});
afterEach(() => world.close());

const watch = () => watchAudit(systemPrincipal(), world.deps);
const minutes = (count: number): void => world.deps.clock.advance(count * 60_000);

const record = (principal: Principal, facts: Partial<AuditFacts>): Promise<void> =>
  world.deps.audit.recordGrant(principal, { action: 'accessed', at: world.deps.clock.now(), ...facts });

const denied = (principal: Principal): Promise<void> =>
  record(principal, { result: 'refused', reason: 'not_found' });

const opened = (principal: Principal, asset: number): Promise<void> =>
  record(principal, { assetId: `AST-${asset}` });

const from = (ip: string): Principal => visitor({ ip, userAgent: null, requestId: null });

test('many refusals of one caller are told once a window, with caller and count', async () => {
  const away = { ...user, ip: null };
  for (let count = 0; count < 3; count += 1) await denied(away);
  const found = [
    { rule: 'many_denials_by_caller', actor: { kind: 'user', id: user.id }, ip: null, count: 3 },
  ];
  expect(await watch()).toEqual(found);
  await denied(away);
  expect(await watch()).toEqual([]);
  const events = await world.deps.db.manager.findBy(AuditEvent, { action: 'anomaly_detected' });
  expect(events).toMatchObject([
    {
      actorKind: 'system',
      details: {
        rule: 'many_denials_by_caller',
        count: 3,
        limit: 3,
        window_seconds: 600,
        subject_id: user.id,
      },
      personal: {},
    },
  ]);
});

test('and again in the next', async () => {
  const away = { ...user, ip: null };
  for (let count = 0; count < 3; count += 1) await denied(away);
  expect(await watch()).toHaveLength(1);
  minutes(11);
  expect(await watch()).toEqual([]);
  for (let count = 0; count < 3; count += 1) await denied(away);
  expect(await watch()).toHaveLength(1);
});

test('many refusals from one address are told, whoever called; the address can be erased', async () => {
  await denied(from('192.0.2.1'));
  await denied(from('192.0.2.1'));
  await denied({ ...user, ip: '192.0.2.1' });
  await denied(from('192.0.2.2'));
  expect(await watch()).toEqual([
    { rule: 'many_denials_by_address', actor: null, ip: '192.0.2.1', count: 3 },
  ]);
  expect(await watch()).toEqual([]);
  const events = await world.deps.db.manager.findBy(AuditEvent, { action: 'anomaly_detected' });
  expect(events).toMatchObject([{ personal: { address: '192.0.2.1' } }]);
  expect(JSON.stringify(events.map(({ details }) => details))).not.toContain('192.0.2.1');
});

test('so are many assets opened by one caller, each counted once', async () => {
  for (let count = 0; count < 9; count += 1) await opened(user, count % 3);
  expect(await watch()).toEqual([]);
  await opened(user, 3);
  const actor = { kind: 'user', id: user.id };
  expect(await watch()).toEqual([{ rule: 'mass_access', actor, ip: null, count: 4 }]);
});

test('fewer, slower, or by different callers, is no anomaly', async () => {
  const other = await world.newUser();
  await denied({ ...user, ip: null });
  await denied({ ...user, ip: null });
  await denied({ ...other, ip: null });
  minutes(11);
  await denied({ ...user, ip: null });
  for (let count = 0; count < 5; count += 1) await opened(from('192.0.2.9'), count);
  expect(await watch()).toEqual([]);
});

test('two watchers at once tell it once', async () => {
  for (let count = 0; count < 3; count += 1) await denied({ ...user, ip: null });
  const found = (await Promise.all([watch(), watch(), watch()])).flat();
  expect(found).toHaveLength(1);
});
