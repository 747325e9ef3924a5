import { mkdir } from 'node:fs/promises';
import type { EventTarget } from '@slipway/object-server/events/event-sender';
import { startObjectServer } from '@slipway/object-server/object-server';
import type { ServerLogger } from '@slipway/object-server/server-logger';
import type { CredentialsConfig, StorageConfig } from '@slipway/platform/config/storage-config';
import { createS3Client } from '@slipway/platform/object-store/s3-client';
import { RULE_STEPS, setupBucket } from '@slipway/platform/object-store/setup-bucket';
import { StartError } from './start-error';

export interface EmbeddedStorageOptions {
  /** Made when missing. */
  dataDir: string;
  /** On 127.0.0.1; 0 takes a free one. */
  port: number;
  credentials: CredentialsConfig;
  /** Of a key that signs what clients may write, and can do nothing else. */
  uploadCredentials: CredentialsConfig;
  corsOrigins: string[];
  /** Who is told of new objects. */
  events?: EventTarget;
  logger?: ServerLogger;
}

export interface EmbeddedStorage {
  config: StorageConfig;
  close(): Promise<void>;
}

const BUCKET = 'slipway';
const REGION = 'us-east-1';

/** Of an embedded storage that listens there, in this process or in another. */
export const embeddedStorageAt = (endpoint: string): StorageConfig => ({
  endpoint,
  publicEndpoint: endpoint,
  bucket: BUCKET,
  region: REGION,
  forcePathStyle: true,
});

async function prepare(config: StorageConfig, options: EmbeddedStorageOptions): Promise<void> {
  const client = createS3Client({ ...config, credentials: options.credentials });
  try {
    // Nothing is public there in the first place, and the trial of the other steps would be told as an event.
    const steps = await setupBucket(client, { bucket: BUCKET, corsOrigins: options.corsOrigins }, RULE_STEPS);
    const missed = steps.find(({ outcome }) => outcome !== 'done');
    if (missed) throw new StartError(`The embedded storage did not ${missed.action}: ${missed.reason}`);
  } finally {
    client.destroy();
  }
}

/** The object server on an origin of its own, as in production, with the bucket ready for browsers. */
export async function startEmbeddedStorage(options: EmbeddedStorageOptions): Promise<EmbeddedStorage> {
  const { dataDir, port, credentials, uploadCredentials, events, logger } = options;
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const server = await startObjectServer({
    dataDir,
    host: '127.0.0.1',
    port,
    region: REGION,
    credentials: [credentials, { ...uploadCredentials, access: 'upload-only' }],
    ...(events && { events }),
    ...(logger && { logger }),
  });
  const config = embeddedStorageAt(server.url);
  try {
    await prepare(config, options);
  } catch (error) {
    await server.close();
    throw error;
  }
  return { config, close: () => server.close() };
}
