import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { startApi } from '@slipway/api/start-api';
import { loadConfig, type Config } from '@slipway/platform/config/config';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

let database: TestDatabase;

const configOf = (http: Partial<Config['http']>): Config => {
  const config = loadConfig({
    DATABASE_URL: database.url,
    S3_ENDPOINT: 'http://127.0.0.1:1',
    S3_BUCKET: 'files',
    JWT_SECRET: 'a secret for tests of more than 32 bytes',
    LOG_LEVEL: 'silent',
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
