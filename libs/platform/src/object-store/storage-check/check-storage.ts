import { randomUUID } from 'node:crypto';
import type { S3Client } from '@aws-sdk/client-s3';
import type { CredentialsConfig, StorageConfig } from '../../config/storage-config';
import { objectKey } from '../object-key';
import { createS3Client } from '../s3-client';
import { S3ObjectStore } from '../s3-object-store';
import { UrlSigner, type Signing } from '../url-signer';
import { askProbes, type Finding } from './ask-probes';
import type { ProbeContext } from './probe';
import { probesFor } from './probes';

export interface CheckOptions {
  storage: StorageConfig;
  /** Null: the AWS SDK's provider chain. */
  credentials: CredentialsConfig | null;
  /** Null: clients upload by URLs of the same key. */
  uploadCredentials: CredentialsConfig | null;
  /** Of the page that uploads. */
  origin: string;
}

async function removeAll(store: S3ObjectStore, prefix: string): Promise<void> {
  for (let page = await store.list(prefix); page.objects.length > 0; page = await store.list(prefix)) {
    for (const { key } of page.objects) await store.delete(key);
  }
}

interface Clients {
  client: S3Client;
  /** Null where clients upload by URLs of the same key. */
  uploader: S3Client | null;
}

function openClients({ storage, credentials, uploadCredentials }: CheckOptions): Clients {
  const clientOf = (key: CredentialsConfig | null): S3Client =>
    createS3Client({ ...storage, credentials: key ?? undefined });
  return { client: clientOf(credentials), uploader: uploadCredentials && clientOf(uploadCredentials) };
}

async function contextOf(
  { client, uploader }: Clients,
  { storage, origin }: CheckOptions,
): Promise<ProbeContext> {
  const { bucket, publicEndpoint: endpoint } = storage;
  const signingOf = ({ config }: S3Client): Promise<Signing> =>
    new UrlSigner({ ...storage, endpoint, credentials: () => config.credentials() }).open();
  const signing = await signingOf(client);
  const uploadSigning = uploader ? await signingOf(uploader) : signing;
  const prefix = objectKey.checkPrefix(randomUUID());
  let keys = 0;
  const newKey = (): string => `${prefix}${(keys += 1)}`;
  return { client, bucket, signing, uploadSigning, uploader, origin, prefix, newKey };
}

/**
 * Asks the bucket what it enforces, by real requests on keys of its own that are removed again; its rules stay as they
 * are. Throws `StorageError` where the bucket cannot be listed or cleaned up.
 */
export async function checkStorage(options: CheckOptions): Promise<Finding[]> {
  const clients = openClients(options);
  const store = new S3ObjectStore(clients.client, options.storage.bucket);
  try {
    await store.check();
    const context = await contextOf(clients, options);
    try {
      return await askProbes(probesFor(context), context);
    } finally {
      await removeAll(store, context.prefix);
    }
  } finally {
    clients.client.destroy();
    clients.uploader?.destroy();
  }
}
