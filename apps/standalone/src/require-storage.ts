import type { CredentialsConfig, StorageConfig } from '@slipway/platform/config/storage-config';
import { createS3Client } from '@slipway/platform/object-store/s3-client';
import { S3ObjectStore } from '@slipway/platform/object-store/s3-object-store';
import { StorageError } from '@slipway/platform/object-store/storage-error';
import { StartError } from './start-error';

/** The failure in words for whoever set the variables. */
function explainStorage({ endpoint, bucket }: StorageConfig, error: StorageError): string {
  const reason = error.message.slice(error.message.indexOf(': ') + 2);
  if (error.failure === 'not_found') {
    return `There is no bucket "${bucket}" at ${endpoint}. Make it with npm run setup, or set S3_BUCKET to another.`;
  }
  if (error.failure === 'refused') {
    return `The storage at ${endpoint} refuses the bucket "${bucket}" (${reason}). Check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and S3_REGION, and what the key may do.`;
  }
  if (/credentials/i.test(reason)) {
    return `There is no key for the storage at ${endpoint}. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.`;
  }
  return `The storage at ${endpoint} does not answer (${reason}). Is it running? Check S3_ENDPOINT.`;
}

/** What comes of `work`; a `StorageError` becomes a `StartError`. */
export async function explained<Found>(storage: StorageConfig, work: Promise<Found>): Promise<Found> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    throw new StartError(explainStorage(storage, error), { cause: error });
  }
}

/** Resolves when the configured bucket answers. Throws `StartError`. */
export async function requireStorage(
  storage: StorageConfig,
  credentials: CredentialsConfig | null,
): Promise<void> {
  const client = createS3Client({ ...storage, credentials: credentials ?? undefined });
  const answer = new S3ObjectStore(client, storage.bucket).check();
  await explained(storage, answer).finally(() => client.destroy());
}
