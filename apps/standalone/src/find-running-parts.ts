import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '@slipway/platform/config/config';
import { DatabaseUnreachableError, withConnection } from '@slipway/platform/db/connect';
import { addressAs } from '@slipway/platform/db/app-role';
import { findEmbeddedPostgres } from '@slipway/platform/db/embedded-postgres';
import { embeddedStorageAt } from './embedded-storage';
import { requireStorage } from './require-storage';
import { loadSecrets, productRole } from './secrets';
import { StartError } from './start-error';

/**
 * The configuration of what runs, for a command beside it: where parts are embedded, those of the `npm start` that runs
 * on the data folder. Throws `StartError` and `DatabaseUnreachableError` where something does not run.
 */
export async function findRunningParts(config: Config): Promise<Config> {
  const database = config.database.url === null ? await embeddedDatabase(config) : config.database;
  const storage = config.storage === null ? await embeddedStorage(config) : config;
  await requireDatabase(database.url, config);
  await requireStorageOf(storage, config);
  return { ...config, database, storage: storage.storage, credentials: storage.credentials };
}

const notRunning = ({ dataDir }: Config, cause: unknown): StartError =>
  new StartError(
    `The embedded parts in ${dataDir} do not run. Start Slipway with npm start, and run this beside it with the same settings.`,
    { cause },
  );

async function embeddedDatabase(config: Config): Promise<Config['database']> {
  const dataDir = join(config.dataDir, 'database');
  try {
    const ownerUrl = await findEmbeddedPostgres({ dataDir, port: config.postgresPort });
    return { url: addressAs(ownerUrl, productRole(await loadSecrets(config.dataDir))), ownerUrl };
  } catch (error) {
    throw notRunning(config, error);
  }
}

type StorageOf = Pick<Config, 'storage' | 'credentials'>;

async function embeddedStorage(config: Config): Promise<StorageOf> {
  await access(join(config.dataDir, 'secrets.json')).catch((error: unknown) => {
    throw notRunning(config, error);
  });
  const { storageAccessKeyId: accessKeyId, storageSecretAccessKey: secretAccessKey } = await loadSecrets(
    config.dataDir,
  );
  const storage = embeddedStorageAt(`http://127.0.0.1:${config.storagePort}`);
  return { storage, credentials: { accessKeyId, secretAccessKey } };
}

async function requireDatabase(url: string | null, config: Config): Promise<void> {
  try {
    await withConnection(url ?? '', (client) => client.query('select 1'));
  } catch (error) {
    const embedded = config.database.url === null && error instanceof DatabaseUnreachableError;
    throw embedded ? notRunning(config, error) : error;
  }
}

async function requireStorageOf({ storage, credentials }: StorageOf, config: Config): Promise<void> {
  if (storage === null) return;
  try {
    await requireStorage(storage, credentials);
  } catch (error) {
    const embedded = config.storage === null && error instanceof StartError;
    throw embedded ? notRunning(config, error) : error;
  }
}
