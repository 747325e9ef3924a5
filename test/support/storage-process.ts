import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { freePort } from '@slipway/platform/db/embedded/free-port';
import { setCors } from '@slipway/platform/object-store/bucket-rules';
import { createS3Client } from '@slipway/platform/object-store/s3-client';
import type { RunningStorage } from './object-stores';
import { startProcess, type TestProcess } from './processes';
import { makeTestFolder } from './test-folder';

/** The embedded object server as a process of its own, which a test can kill and start again in its place. */
export interface StorageProcess extends RunningStorage {
  /** Lets pages of this origin in. */
  admit(origin: string): Promise<void>;
  kill(): Promise<void>;
  restart(): Promise<void>;
}

const REGION = 'us-east-1';
const BUCKET = 'slipway';

export async function startStorageProcess(): Promise<StorageProcess> {
  const folder = await makeTestFolder('storage');
  const credentials = { accessKeyId: 'embedded-test-key', secretAccessKey: 'embedded-test-secret' };
  const port = await freePort();
  const env = {
    OBJECT_SERVER_DIR: folder.path,
    OBJECT_SERVER_PORT: String(port),
    OBJECT_SERVER_REGION: REGION,
    OBJECT_SERVER_ACCESS_KEY_ID: credentials.accessKeyId,
    OBJECT_SERVER_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  };
  const start = async (): Promise<TestProcess> => {
    const started = startProcess('libs/object-server/src/cli.js', { env });
    await started.untilOutput(/"url"/);
    return started;
  };
  let running = await start();
  const storage = {
    endpoint: `http://127.0.0.1:${port}`,
    region: REGION,
    forcePathStyle: true,
    credentials,
    bucket: BUCKET,
    partChecksum: 'sha256' as const,
  };
  const client = createS3Client(storage);
  await client.send(new CreateBucketCommand({ Bucket: BUCKET }));
  return {
    ...storage,
    admit: (origin) => setCors(client, { bucket: BUCKET, corsOrigins: [origin] }),
    kill: () => running.kill(),
    restart: async () => {
      running = await start();
    },
    stop: async () => {
      client.destroy();
      await running.stop();
      await folder.remove();
    },
  };
}
