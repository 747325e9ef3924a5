import { migrate } from '@slipway/platform/db/migrate';
import { migrations } from '@slipway/platform/db/migrations/all';
import { Client } from 'pg';
import { freePort } from '@slipway/platform/db/embedded/free-port';
import { createEmptyDatabase, type TestDatabase } from '../support/test-database';

let database: TestDatabase;

beforeEach(async () => {
  database = await createEmptyDatabase();
});

afterEach(() => database.drop());

async function query<Row>(sql: string): Promise<Row[]> {
  const client = new Client({ connectionString: database.url });
  await client.connect();
  try {
    return (await client.query(sql)).rows as Row[];
  } finally {
    await client.end();
  }
}

const names = migrations.map(({ name }) => name);

describe('Migrations', () => {
  it('build the schema and the job queue, once', async () => {
    expect(await migrate(database.url)).toEqual(names);
    expect(await migrate(database.url)).toEqual([]);
    expect(await query('select name from schema_migrations order by name')).toEqual(
      names.map((name) => ({ name })),
    );
    await query(`select graphile_worker.add_job('purge-asset-objects', '{}')`);
    expect(await query('select count(*)::int from graphile_worker.jobs')).toEqual([{ count: 1 }]);
  });

  it('run once when many processes start at the same time', async () => {
    const runs = await Promise.all(Array.from({ length: 6 }, () => migrate(database.url)));
    expect(runs.filter((applied) => applied.length > 0)).toEqual([names]);
  });

  it('run in order, go on where the last run ended, and leave later versions alone', async () => {
    const first = { name: '0001-one', sql: 'create table one ()' };
    const second = { name: '0002-two', sql: 'alter table one add column two text' };
    expect(await migrate(database.url, [first])).toEqual(['0001-one']);
    expect(await migrate(database.url, [first, second])).toEqual(['0002-two']);
    expect(await migrate(database.url, [first])).toEqual([]);
  });

  it('leave nothing of one that fails, and keep those before it', async () => {
    const good = { name: '0001-good', sql: 'create table good ()' };
    const bad = { name: '0002-bad', sql: 'create table half (); select no_such_function()' };
    await expect(migrate(database.url, [good, bad])).rejects.toThrow(
      'Migration 0002-bad failed: function no_such_function() does not exist',
    );
    const tables = `select tablename from pg_tables where schemaname = 'public' order by 1`;
    expect(await query(tables)).toEqual([{ tablename: 'good' }, { tablename: 'schema_migrations' }]);
    expect(await migrate(database.url, [good, { ...bad, sql: 'create table whole ()' }])).toEqual([
      '0002-bad',
    ]);
  });

  it('have ascending numbers, each once', () => {
    const numbers = names.map((name) => Number(/^(\d{4})-[a-z-]+$/.exec(name)?.[1]));
    expect(numbers).toEqual(numbers.map((_, index) => index + 1));
  });
});

describe('A database that cannot be used', () => {
  const changed = (change: (url: URL) => void): string => {
    const url = new URL(database.url);
    change(url);
    return url.href;
  };

  it('is named in one line, without its password, with what to do', async () => {
    const port = await freePort();
    const url = changed((target) => {
      target.port = String(port);
    });
    const { pathname } = new URL(url);
    await expect(migrate(url)).rejects.toThrow(
      `The database at 127.0.0.1:${port}${pathname} cannot be used: nothing listens there. Is PostgreSQL running? Check DATABASE_URL.`,
    );
  });

  it.each([
    ['does not exist', 'there is no such database', (url: URL) => void (url.pathname = '/none')],
    ['asks for another password', 'the password is wrong', (url: URL) => void (url.password = 'guess')],
    ['has an unknown host', 'there is no such host', (url: URL) => void (url.hostname = 'none.invalid')],
  ])('says so when it %s', async (_, reason, change) => {
    await expect(migrate(changed(change))).rejects.toThrow(reason);
  });
});
