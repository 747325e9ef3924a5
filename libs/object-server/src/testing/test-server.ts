import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateBucketCommand, S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { startObjectServer, type ObjectServerOptions } from '../object-server';

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

export const REGION = 'eu-central-1';
export const CREDENTIAL = { accessKeyId: 'AKIDTEST', secretAccessKey: 'a/secret+key' };
export const BUCKET = 'test-bucket';

export interface TestServer {
  url: string;
  dataDir: string;
  /** With the SDK's defaults, as any client out there has them. */
  s3: S3Client;
  client(config?: S3ClientConfig): S3Client;
  close(): Promise<void>;
}

/** A server on a free port with an empty bucket, and a client for it. */
export async function startTestServer(options: Partial<ObjectServerOptions> = {}): Promise<TestServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'object-server-'));
  const server = await startObjectServer({
    dataDir,
    host: '127.0.0.1',
    port: 0,
    region: REGION,
    credentials: [CREDENTIAL],
    ...options,
  });
  const clients: S3Client[] = [];
  const client = (config: S3ClientConfig = {}): S3Client => {
    const created = new S3Client({
      endpoint: server.url,
      region: REGION,
      credentials: CREDENTIAL,
      forcePathStyle: true,
      maxAttempts: 1,
      ...config,
    });
    clients.push(created);
    return created;
  };
  const s3 = client();
  await s3.send(new CreateBucketCommand({ Bucket: BUCKET }));
  return {
    url: server.url,
    dataDir,
    s3,
    client,
    close: async () => {
      for (const each of clients) each.destroy();
      await server.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
