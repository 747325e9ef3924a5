import { createS3Client } from '@slipway/platform/object-store/s3-client';
import { S3ObjectStore } from '@slipway/platform/object-store/s3-object-store';
import type { RunningStorage } from './object-stores';

/** How many uploads in parts the storage holds under `prefix`, as it tells itself. */
export async function unfinishedUploads(storage: RunningStorage, prefix: string): Promise<number> {
  const client = createS3Client(storage);
  try {
    return (await new S3ObjectStore(client, storage.bucket).listMultiparts(prefix)).uploads.length;
  } finally {
    client.destroy();
  }
}
