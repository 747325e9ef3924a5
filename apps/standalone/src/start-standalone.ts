import { startApi } from '@slipway/api/start-api';
import type { Config } from '@slipway/platform/config/config';
import { addressAs, ensureRole, prepareDatabase } from '@slipway/platform/db/app-role';
import { startEmbeddedPostgres } from '@slipway/platform/db/embedded-postgres';
import { createLogger } from '@slipway/platform/log/logger';
import { startWorker } from '@slipway/worker/start-worker';
import { openDataFolder, type DataFolder } from './data-folder';
import { startEmbeddedStorage } from './embedded-storage';
import { requireFreePort } from './require-free-port';
import { requireStorage } from './require-storage';
import type { RunningParts } from './running-parts';
import { productRole, type Secrets } from './secrets';

export interface Standalone {
  url: string;
  /** Resolves when the embedded database ended by itself; never where it is not embedded. */
  databaseEnded: Promise<unknown>;
}

const never = new Promise<never>(() => undefined);

const needsFolder = ({ database, storage, jwtSecret }: Config): boolean =>
  database.url === null || storage === null || jwtSecret === null;

async function withDatabase(config: Config, folder: DataFolder, parts: RunningParts) {
  const server = await parts.start(async () => {
    const postgres = await startEmbeddedPostgres({
      dataDir: folder.database,
      port: config.postgresPort,
      durable: true,
    });
    return { ...postgres, close: () => postgres.stop() };
  });
  const product = productRole(folder.secrets);
  await ensureRole(server.url, product);
  const database = { url: addressAs(server.url, product), ownerUrl: server.url };
  return { config: { ...config, database }, ended: server.ended };
}

/** Any address reaches the API of this process, but not any address can be called. */
const WILDCARDS = new Set(['0.0.0.0', '::']);

function eventsUrl({ http }: Config): string {
  const host = WILDCARDS.has(http.host) ? '127.0.0.1' : http.host;
  return `http://${host.includes(':') ? `[${host}]` : host}:${http.port}/api/storage-events`;
}

const keysOf = (secrets: Secrets) => ({
  credentials: {
    accessKeyId: secrets.storageAccessKeyId,
    secretAccessKey: secrets.storageSecretAccessKey,
  },
  uploadCredentials: {
    accessKeyId: secrets.uploadAccessKeyId,
    secretAccessKey: secrets.uploadSecretAccessKey,
  },
});

async function withStorage(config: Config, folder: DataFolder, parts: RunningParts): Promise<Config> {
  const { credentials, uploadCredentials } = keysOf(folder.secrets);
  const storage = await parts.start(() =>
    startEmbeddedStorage({
      dataDir: folder.storage,
      port: config.storagePort,
      credentials,
      uploadCredentials,
      corsOrigins: config.http.corsOrigins,
      events: { url: eventsUrl(config), token: folder.secrets.storageEventsSecret },
      logger: createLogger({ level: config.logLevel, name: 'storage' }),
    }),
  );
  const { storageEventsSecret } = folder.secrets;
  return { ...config, storage: storage.config, credentials, uploadCredentials, storageEventsSecret };
}

/** Starts what is embedded. */
async function completed(config: Config, folder: DataFolder, parts: RunningParts) {
  const withSecret = { ...config, jwtSecret: config.jwtSecret ?? folder.secrets.jwtSecret };
  const { config: withUrl, ended } =
    config.database.url === null
      ? await withDatabase(withSecret, folder, parts)
      : { config: withSecret, ended: never };
  return { config: config.storage === null ? await withStorage(withUrl, folder, parts) : withUrl, ended };
}

/** Starts whatever is embedded, then migrations, worker and API. What runs is in `parts`, also when it throws. */
export async function startStandalone(config: Config, parts: RunningParts): Promise<Standalone> {
  const folder = needsFolder(config) ? await parts.start(() => openDataFolder(config.dataDir)) : null;
  await requireFreePort(config.http.port, config.http.host);
  if (config.storage !== null) await requireStorage(config.storage, config.credentials);
  const { config: complete, ended } =
    folder === null ? { config, ended: never } : await completed(config, folder, parts);
  const { url, ownerUrl } = complete.database;
  if (url !== null) await prepareDatabase({ url, ownerUrl });
  await parts.start(() => startWorker(complete));
  const api = await parts.start(() => startApi(complete));
  return { url: api.url, databaseEnded: ended };
}
