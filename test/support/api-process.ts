import { freePort } from '@slipway/platform/db/embedded/free-port';
import type { RunningStorage } from './object-stores';

import { startProcess, type TestProcess } from './processes';

export interface ApiProcess {
  url: string;
  process: TestProcess;
}

/** Where the storage is, as every process of the product is told. */
export const storageEnvironment = (storage: RunningStorage): NodeJS.ProcessEnv => ({
  S3_ENDPOINT: storage.endpoint,
  S3_BUCKET: storage.bucket,
  S3_REGION: storage.region,
  S3_FORCE_PATH_STYLE: String(storage.forcePathStyle),
  AWS_ACCESS_KEY_ID: storage.credentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: storage.credentials.secretAccessKey,
  S3_UPLOAD_ACCESS_KEY_ID: storage.uploadCredentials?.accessKeyId,
  S3_UPLOAD_SECRET_ACCESS_KEY: storage.uploadCredentials?.secretAccessKey,
});

/** What API and worker need to know of the parts they share. */
export function environmentOf(databaseUrl: string, storage: RunningStorage): NodeJS.ProcessEnv {
  return {
    DATABASE_URL: databaseUrl,
    ...storageEnvironment(storage),
    // One that production takes as well, since the bench runs so.
    JWT_SECRET: 'mT4qW8zLr2XvKc7NpJ5hYdGf9sBeUaRw',
    RATE_LIMIT_PER_MINUTE: '1000000',
    LOG_LEVEL: 'info',
  };
}

/** The built API as a process of its own, ready. `port` lets a restarted one take its predecessor's place. */
export async function startApiProcess(
  environment: NodeJS.ProcessEnv,
  port?: number,
): Promise<ApiProcess & { port: number }> {
  const chosen = port ?? (await freePort());
  const url = `http://127.0.0.1:${chosen}`;
  const process = startProcess('apps/api/src/main.js', { env: { ...environment, PORT: String(chosen) } });
  await process.untilReady(url);
  return { url, process, port: chosen };
}
