import { inTransaction, openDatabase } from '@slipway/platform/db/database';
import { isDatabaseUnavailable } from '@slipway/platform/db/database-errors';
import type { DataSource } from 'typeorm';
import { type CuttableProxy, startCuttableProxy, throughProxy } from '../support/cuttable-proxy';
import { createEmptyDatabase, type TestDatabase } from '../support/test-database';

const SILENCE_MS = 1_000;

let database: TestDatabase;
let proxy: CuttableProxy;
let db: DataSource;

beforeAll(async () => {
  database = await createEmptyDatabase();
});
afterAll(() => database.drop());

beforeEach(async () => {
  const { hostname, port } = new URL(database.url);
  proxy = await startCuttableProxy({ host: hostname, port: Number(port) });
  db = await openDatabase({
    url: throughProxy(database.url, proxy),
    entities: [],
    applicationName: 'test',
    poolSize: 1,
    silenceMs: SILENCE_MS,
  });
});
afterEach(async () => {
  await db.destroy();
  await proxy.close();
});

const backend = async (source: Pick<DataSource, 'query'>): Promise<number> => {
  const [row] = await source.query<{ pid: number }[]>('select pg_backend_pid() as pid');
  return row?.pid ?? 0;
};

const thrownBy = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => null,
    (error: unknown) => error,
  );

test('a network that swallows what is sent is a database that is away, and the next call finds a new one', async () => {
  const before = await backend(db);
  proxy.swallow();
  expect(isDatabaseUnavailable(await thrownBy(db.query('select 1')))).toBe(true);
  expect(await backend(db)).not.toBe(before);
});

test('a transaction cut off by silence keeps nothing, and its connection is not used again', async () => {
  await db.query('create table notes (text text)');
  let inside = 0;
  const lost = inTransaction(db, async (tx) => {
    inside = await backend(tx);
    await tx.query(`insert into notes values ('half')`);
    proxy.swallow();
    await tx.query(`insert into notes values ('other half')`);
  });
  expect(isDatabaseUnavailable(await thrownBy(lost))).toBe(true);
  expect(await backend(db)).not.toBe(inside);
  expect(await db.query('select text from notes')).toEqual([]);
});
