import { sealAudit } from '@slipway/core/audit/seal-audit';
import { Client } from 'pg';
import { recordMany } from '../../support/audit-steps';
import { type CoreWorld, createCoreWorld } from '../../support/core-world';
import { embeddedStorage, type RunningStorage } from '../../support/object-stores';

let storage: RunningStorage;
let world: CoreWorld;
let owner: Client;

const DENIED = { code: '42501' };

beforeAll(async () => {
  storage = await embeddedStorage.start();
  world = await createCoreWorld(storage);
  owner = new Client({ connectionString: world.ownerUrl });
  await owner.connect();
  await recordMany(world, { principal: await world.newUser(), count: 3 });
  await sealAudit({}, world.deps);
});

afterAll(async () => {
  await owner.end();
  await world.close();
  await storage.stop();
});

const rows = async (): Promise<unknown[]> =>
  (
    await owner.query(
      'select events::text from audit_events events union all select seals::text from audit_seals seals',
    )
  ).rows;

const CHANGES = [
  `update audit_events set reason = 'another'`,
  `update audit_events set personal = null, salt = null`,
  `update audit_events set details = details where false`,
  'delete from audit_events',
  'truncate audit_events',
  `update audit_seals set root = hash`,
  'delete from audit_seals',
  'truncate audit_seals',
];

describe('The product’s role', () => {
  test.each([
    ...CHANGES,
    `insert into audit_seals select number + 1, previous, root, event_ids, leaves, sealed_at, hash from audit_seals`,
    `insert into audit_events (id, at, action, actor_kind, actor_id, result, details, personal_digest, seal, seal_position)
       values ('AUD-x', now(), 'deleted', 'user', 'USR-x', 'success', '{}', '', 1, 7)`,
    'alter table audit_events disable trigger all',
    'drop table audit_events',
    `delete from schema_migrations`,
    'create table mine ()',
    `set session_replication_role = 'replica'`,
  ])('may not: %s', async (sql) => {
    const before = await rows();
    await expect(world.deps.db.query(sql)).rejects.toMatchObject({ driverError: DENIED });
    expect(await rows()).toEqual(before);
  });

  test('may add and read, and everything else that the product does', async () => {
    const before = await rows();
    await recordMany(world, { principal: await world.newUser(), count: 1 });
    // The second is that of the new account.
    expect(await rows()).toHaveLength(before.length + 2);
  });
});

describe('The owner of the tables', () => {
  test.each([
    ...CHANGES.filter((sql) => !sql.includes('where false')),
    `update audit_events set seal = seal + 1`,
    `update audit_events set seal = null, seal_position = null`,
    `update audit_events set personal = null, salt = null, erased_by = 'AUD-x', reason = 'another'`,
    `update audit_events set personal = '{}'`,
    `update audit_events set id = id`,
  ])('is stopped by a trigger: %s', async (sql) => {
    const before = await rows();
    await expect(owner.query(sql)).rejects.toMatchObject(DENIED);
    expect(await rows()).toEqual(before);
  });

  test('is stopped in a session without triggers as well', async () => {
    await owner.query(`set session_replication_role = 'replica'`);
    await expect(owner.query('delete from audit_events')).rejects.toMatchObject(DENIED);
    await owner.query(`set session_replication_role = 'origin'`);
  });
});
