import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { startApi } from '@slipway/api/start-api';
import { loadConfig, type Config } from '@slipway/platform/config/config';
import { openDatabase } from '@slipway/platform/db/database';
import { storageEnvironment } from '../support/api-process';
import { embeddedStorage } from '../support/object-stores';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

let database: TestDatabase;

const configOf = (http: Partial<Config['http']>, storage: NodeJS.ProcessEnv = {}): Config => {
  const config = loadConfig({
    DATABASE_URL: database.url,
    S3_ENDPOINT: 'http://127.0.0.1:1',
    S3_BUCKET: 'files',
    JWT_SECRET: 'a secret for tests of more than 32 bytes',
    LOG_LEVEL: 'silent',
    ...storage,
  });
  return { ...config, http: { ...config.http, ...http } };
};

beforeEach(async () => {
  database = await createTestDatabase();
});

test('an application that cannot be made leaves no connection open', async () => {
  await expect(startApi(configOf({ trustedProxies: ['no address'] }))).rejects.toThrow('no address');
  // Fails where one is left.
  await database.drop();
});

test('a port that is taken leaves no connection open', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  await expect(startApi(configOf({ port }))).rejects.toThrow('EADDRINUSE');
  other.close();
  await database.drop();
});

async function savedProfiles(): Promise<unknown[]> {
  const db = await openDatabase({ url: database.url, entities: [], applicationName: 'test' });
  const rows = await db.query<{ profile: unknown }[]>('select profile from storage_profiles');
  await db.destroy();
  return rows.map(({ profile }) => profile);
}

test('the storage is asked what it enforces, ahead of the first large upload', async () => {
  const storage = await embeddedStorage.start();
  const api = await startApi(configOf({ port: 0 }, storageEnvironment(storage)));
  let saved = await savedProfiles();
  for (; saved.length === 0; saved = await savedProfiles()) await sleep(20);
  expect(saved).toEqual([{ partChecksum: 'sha256' }]);
  await api.close();
  await storage.stop();
  await database.drop();
});

test('a storage that is away does not keep it from starting, nor from stopping at once', async () => {
  const api = await startApi(configOf({ port: 0 }));
  await api.close();
  expect(await savedProfiles()).toEqual([]);
  await database.drop();
});
