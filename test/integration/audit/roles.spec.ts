import { readAuditGuards } from '@slipway/core/audit/audit-guards';
import { addressAs, ensureRole, prepareDatabase } from '@slipway/platform/db/app-role';
import { openDatabase } from '@slipway/platform/db/database';
import { enqueue } from '@slipway/platform/jobs/enqueue';
import { migrations } from '@slipway/platform/db/migrations/all';
import type { DataSource } from 'typeorm';
import { startProcess } from '../../support/processes';
import { createEmptyDatabase, type TestDatabase } from '../../support/test-database';
import { asProduct, withAdmin } from '../../support/test-server';

let database: TestDatabase;
let addresses: { url: string; ownerUrl: string };

beforeEach(async () => {
  database = await createEmptyDatabase();
  addresses = { url: asProduct(database.ownerUrl), ownerUrl: database.ownerUrl };
});

afterEach(() => database.drop());

async function connected<Result>(url: string, work: (db: DataSource) => Promise<Result>): Promise<Result> {
  const db = await openDatabase({ url, entities: [], applicationName: 'test' });
  try {
    return await work(db);
  } finally {
    await db.destroy();
  }
}

describe('A database with an owner of its own', () => {
  it('is migrated by the owner and used by the product, whoever starts at the same time', async () => {
    const runs = await Promise.all([1, 2, 3, 4].map(() => prepareDatabase(addresses)));
    expect(runs.filter((applied) => applied.length > 0)).toEqual([migrations.map(({ name }) => name)]);
    await connected(addresses.url, async (db) => {
      await enqueue(db.manager, { name: 'reconcile', payload: {} });
      expect(await db.query('select count(*)::int as jobs from graphile_worker._private_jobs')).toEqual([
        { jobs: 1 },
      ]);
      expect(await readAuditGuards({ db })).toEqual({ ownsTables: false, triggersOff: [] });
    });
  });

  it('gives the product’s role what a later migration makes', async () => {
    await prepareDatabase(addresses);
    await withAdmin(addresses.ownerUrl, (client) => client.query('create table later ()'));
    const count = () => connected(addresses.url, (db) => db.query('select count(*)::int from later'));
    await expect(count()).rejects.toThrow('permission denied');
    await prepareDatabase(addresses);
    expect(await count()).toEqual([{ count: 0 }]);
  });

  it('lets the product start without its owner when nothing is left to migrate, and else says what is missing', async () => {
    await expect(prepareDatabase({ url: addresses.url, ownerUrl: null })).rejects.toThrow(
      'permission denied',
    );
    await prepareDatabase(addresses);
    expect(await prepareDatabase({ url: addresses.url, ownerUrl: null })).toEqual([]);
  });

  it('is prepared by npm run migrate', async () => {
    const env = { DATABASE_URL: addresses.url, DATABASE_OWNER_URL: addresses.ownerUrl };
    const command = startProcess('apps/standalone/src/migrate.js', { env });
    expect(await command.exited).toEqual({ code: 0, signal: null });
    expect(command.output).toMatch(/^Applied 0001-initial, /);
    await connected(addresses.url, (db) => db.query('select from users'));
  });
});

describe('A database with one role for both', () => {
  it('has its guards all the same, and is told from the other', async () => {
    await prepareDatabase({ url: database.ownerUrl, ownerUrl: null });
    const guards = () => connected(database.ownerUrl, (db) => readAuditGuards({ db }));
    expect(await guards()).toEqual({ ownsTables: true, triggersOff: [] });
    await withAdmin(database.ownerUrl, async (client) => {
      await client.query('alter table audit_events disable trigger audit_events_change');
      await client.query('drop trigger audit_seals_stay on audit_seals');
    });
    expect(await guards()).toEqual({
      ownsTables: true,
      triggersOff: ['audit_events_change', 'audit_seals_stay'],
    });
  });
});

test('a role that is there is given the password anew, strange as both may be', async () => {
  const role = `odd "role" of ${process.pid}`;
  for (const password of [`it's`, 'p%40ss/"w:ord']) {
    await ensureRole(database.ownerUrl, { role, password });
    const address = addressAs(database.ownerUrl, { role, password });
    expect(await connected(address, (db) => db.query('select current_user as me'))).toEqual([{ me: role }]);
  }
  await withAdmin(database.ownerUrl, (client) => client.query(`drop role ${client.escapeIdentifier(role)}`));
});
