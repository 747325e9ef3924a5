import { createHash, randomUUID } from 'node:crypto';
import { S3Client } from '@aws-sdk/client-s3';
import type { ObjectStore } from '@slipway/platform/object-store/object-store';
import { createS3Client } from '@slipway/platform/object-store/s3-client';
import { S3ObjectStore } from '@slipway/platform/object-store/s3-object-store';
import { UrlSigner, type Signing } from '@slipway/platform/object-store/url-signer';
import type { RunningStorage, StorageChoice } from '../support/object-stores';

/** Where a statement of the contract is put to the test. */
export interface ContractContext {
  storage: RunningStorage;
  store: ObjectStore;
  /** For what the product's own interface does not offer. */
  client: S3Client;
  bucket: string;
  signing: Signing;
  /** Everything this run writes begins with it. */
  prefix: string;
  /** A key nobody used yet. */
  newKey: (name?: string) => string;
  close(): Promise<void>;
}

/** Statements are declared before the storage runs; they ask for it when they run themselves. */
export type UseContext = () => ContractContext;

export const sha256 = (body: Buffer): string => createHash('sha256').update(body).digest('base64');
export const md5 = (body: Buffer): string => createHash('md5').update(body).digest('base64');
export const md5Hex = (body: Buffer): string => createHash('md5').update(body).digest('hex');

/** The end of a signed URL's life as the product sets it. */
export const inFifteenMinutes = (): { now: Date; expiresIn: number } => ({ now: new Date(), expiresIn: 900 });

async function removeAll(store: ObjectStore, prefix: string): Promise<void> {
  for (let page = await store.list(prefix); page.objects.length > 0; page = await store.list(prefix)) {
    await Promise.all(page.objects.map(({ key }) => store.delete(key)));
  }
}

export async function openContext(choice: StorageChoice): Promise<ContractContext> {
  const storage = await choice.start();
  const client = createS3Client(storage);
  const store = new S3ObjectStore(client, storage.bucket);
  const signing = await new UrlSigner({ ...storage, credentials: () => client.config.credentials() }).open();
  const prefix = `contract/${randomUUID()}/`;
  let keys = 0;
  return {
    storage,
    store,
    client,
    bucket: storage.bucket,
    signing,
    prefix,
    newKey: (name = 'object') => `${prefix}${(keys += 1)}/${name}`,
    close: async () => {
      try {
        await removeAll(store, prefix);
      } finally {
        client.destroy();
        await storage.stop();
      }
    },
  };
}
