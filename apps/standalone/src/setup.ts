import { loadConfig, type Config } from '@slipway/platform/config/config';
import { migrate } from '@slipway/platform/db/migrate';
import { prepareBucket } from '@slipway/platform/object-store/prepare-bucket';
import { createS3Client } from '@slipway/platform/object-store/s3-client';
import { StorageError } from '@slipway/platform/object-store/storage-error';
import { explain } from './explain';
import { explainStorage } from './require-storage';
import { StartError } from './start-error';

async function prepareStorage({ storage, credentials, http }: Config): Promise<void> {
  if (storage === null) return;
  const client = createS3Client({ ...storage, credentials: credentials ?? undefined });
  try {
    const unknown = await prepareBucket(client, { bucket: storage.bucket, corsOrigins: http.corsOrigins });
    for (const step of unknown)
      process.stdout.write(`This storage has no way to ${step}; see to it by hand.\n`);
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    throw new StartError(explainStorage(storage, error), { cause: error });
  } finally {
    client.destroy();
  }
}

/** Prepares a configured database and storage: tables, bucket, CORS, lifecycle. Repeating it changes nothing. */
async function main(): Promise<void> {
  const config = loadConfig(process.env);
  if (config.database.url !== null) await migrate(config.database.url);
  await prepareStorage(config);
  process.stdout.write('Ready\n');
}

main().catch((error: unknown) => {
  process.stderr.write(`${explain(error, null)}\n`);
  process.exitCode = 1;
});
