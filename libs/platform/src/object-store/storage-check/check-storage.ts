import { randomUUID } from 'node:crypto';
import type { CredentialsConfig, StorageConfig } from '../../config/storage-config';
import { objectKey } from '../object-key';
import { createS3Client } from '../s3-client';
import { S3ObjectStore } from '../s3-object-store';
import { UrlSigner } from '../url-signer';
import { askProbes, type Finding } from './ask-probes';
import { probes } from './probes';

export interface CheckOptions {
  storage: StorageConfig;
  /** Null: the AWS SDK's provider chain. */
  credentials: CredentialsConfig | null;
  /** Of the page that uploads. */
  origin: string;
}

async function removeAll(store: S3ObjectStore, prefix: string): Promise<void> {
  for (let page = await store.list(prefix); page.objects.length > 0; page = await store.list(prefix)) {
    for (const { key } of page.objects) await store.delete(key);
  }
}

/**
 * Asks the bucket what it enforces, by real requests on keys of its own that are removed again; its rules stay as they
 * are. Throws `StorageError` where the bucket cannot be listed or cleaned up.
 */
export async function checkStorage({ storage, credentials, origin }: CheckOptions): Promise<Finding[]> {
  const client = createS3Client({ ...storage, credentials: credentials ?? undefined });
  const store = new S3ObjectStore(client, storage.bucket);
  const prefix = objectKey.checkPrefix(randomUUID());
  let keys = 0;
  const newKey = (): string => `${prefix}${(keys += 1)}`;
  try {
    await store.check();
    const signer = new UrlSigner({
      ...storage,
      endpoint: storage.publicEndpoint,
      credentials: () => client.config.credentials(),
    });
    const context = { client, bucket: storage.bucket, signing: await signer.open(), origin, prefix, newKey };
    try {
      return await askProbes(probes, context);
    } finally {
      await removeAll(store, prefix);
    }
  } finally {
    client.destroy();
  }
}
