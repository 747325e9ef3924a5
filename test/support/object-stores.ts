import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { CreateBucketCommand, PutBucketPolicyCommand } from '@aws-sdk/client-s3';
import { startObjectServer } from '@slipway/object-server/object-server';
import type { PartChecksum } from '@slipway/platform/object-store/object-store';
import { createS3Client, type S3ClientOptions } from '@slipway/platform/object-store/s3-client';
import { findProfile } from '@slipway/platform/object-store/storage-check/find-profile';

export interface RunningStorage extends Required<Omit<S3ClientOptions, 'maxConnections'>> {
  endpoint: string;
  credentials: { accessKeyId: string; secretAccessKey: string };
  /** Of a key that may only write, where there is one. */
  uploadCredentials?: { accessKeyId: string; secretAccessKey: string };
  /** Exists. */
  bucket: string;
  /** What `npm run storage -- check` finds of it. */
  partChecksum: PartChecksum;
  stop(): Promise<void>;
}

/** A storage that tests can run on. */
export interface StorageChoice {
  /** As in the titles of the tests and in the table of what is expected of it. */
  name: string;
  /** Null where it can run; else what is missing and what to do about it. */
  missing: string | null;
  start(): Promise<RunningStorage>;
}

const BUCKET = 'slipway-contract';

async function createBucket(
  storage: Omit<RunningStorage, 'bucket' | 'partChecksum' | 'stop'>,
): Promise<string> {
  const client = createS3Client(storage);
  await client.send(new CreateBucketCommand({ Bucket: BUCKET })).finally(() => client.destroy());
  return BUCKET;
}

async function startEmbedded(): Promise<RunningStorage> {
  const dataDir = await mkdtemp(join(tmpdir(), 'slipway-objects-'));
  const removeData = (): Promise<void> => rm(dataDir, { recursive: true, force: true });
  const region = 'us-east-1';
  const credentials = { accessKeyId: 'embedded-test-key', secretAccessKey: 'embedded-test-secret' };
  const uploadCredentials = { accessKeyId: 'embedded-upload-key', secretAccessKey: 'embedded-upload-secret' };
  try {
    const server = await startObjectServer({
      dataDir,
      host: '127.0.0.1',
      port: 0,
      region,
      credentials: [credentials, { ...uploadCredentials, access: 'upload-only' }],
    });
    const storage = { endpoint: server.url, region, forcePathStyle: true, credentials, uploadCredentials };
    const stop = async (): Promise<void> => {
      await server.close();
      await removeData();
    };
    return { ...storage, bucket: await createBucket(storage), partChecksum: 'sha256', stop };
  } catch (error) {
    await removeData();
    throw error;
  }
}

/** The server that comes with the product, in the process of the test. */
export const embeddedStorage: StorageChoice = { name: 'embedded', missing: null, start: startEmbedded };

/** `16.2` of `ceph version 16.2.15 (…) pacific (stable)`; null where the gateway is not installed. */
function cephVersion(): string | null {
  try {
    const told = execFileSync('radosgw', ['--version'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return /version (\d+\.\d+)/.exec(told)?.[1] ?? null;
  } catch {
    return null;
  }
}

async function firstLine(output: Readable): Promise<string> {
  for await (const line of createInterface({ input: output })) return line;
  throw new Error('The storage ended before it told where it is; its reason is above');
}

/** The policy of docs/STORAGES.md for an upload key that is another user's, who owns what he has written. */
async function allowUploads(storage: S3ClientOptions, bucket: string): Promise<void> {
  const allow = (user: string, Action: string, places: string[]) => ({
    Effect: 'Allow',
    Principal: { AWS: [`arn:aws:iam:::user/${user}`] },
    Action,
    Resource: places.map((place) => `arn:aws:s3:::${bucket}/${place}`),
  });
  const Statement = [
    allow('slipway-upload', 's3:PutObject', ['incoming/*', 'projects/*']),
    allow('slipway', 's3:GetObject', ['incoming/*']),
  ];
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement });
  const client = createS3Client(storage);
  const allowing = client.send(new PutBucketPolicyCommand({ Bucket: bucket, Policy }));
  await allowing.finally(() => client.destroy());
}

async function startCeph(): Promise<RunningStorage> {
  const folder = await mkdtemp(join(tmpdir(), 'slipway-rgw-'));
  const script = join(__dirname, 'rgw', 'start.sh');
  const child = spawn(script, ['--hold', folder], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  // The script removes the folder, also when this process dies without asking.
  const stop = async (): Promise<void> => {
    child.stdin.end();
    await ended;
  };
  try {
    const told = JSON.parse(await firstLine(child.stdout)) as Record<string, string>;
    const { endpoint = '', region = '', accessKeyId = '', secretAccessKey = '' } = told;
    const storage = { endpoint, region, forcePathStyle: true, credentials: { accessKeyId, secretAccessKey } };
    const bucket = await createBucket(storage);
    const { uploadAccessKeyId = '', uploadSecretAccessKey = '' } = told;
    const uploadCredentials = { accessKeyId: uploadAccessKeyId, secretAccessKey: uploadSecretAccessKey };
    await allowUploads(storage, bucket);
    return { ...storage, uploadCredentials, bucket, partChecksum: 'md5', stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Ceph's S3 gateway, from the distribution's packages. */
export function cephRgw(): StorageChoice {
  const version = cephVersion();
  return {
    name: `ceph-${version ?? 'rgw'}`,
    missing:
      version === null
        ? 'Ceph RGW is not installed: apt-get install --no-install-recommends ceph-common ceph-mon ceph-osd radosgw'
        : null,
    start: startCeph,
  };
}

/** Any other storage, named by the environment; its bucket must exist. Null where the environment names none. */
export function configuredStorage(env: NodeJS.ProcessEnv = process.env): StorageChoice | null {
  const { S3_CONTRACT_ENDPOINT: endpoint, S3_CONTRACT_BUCKET: bucket } = env;
  const { S3_CONTRACT_ACCESS_KEY_ID: accessKeyId, S3_CONTRACT_SECRET_ACCESS_KEY: secretAccessKey } = env;
  if (!endpoint || !bucket || !accessKeyId || !secretAccessKey) return null;
  const storage = {
    endpoint,
    bucket,
    region: env['S3_CONTRACT_REGION'] ?? 'us-east-1',
    forcePathStyle: env['S3_CONTRACT_FORCE_PATH_STYLE'] !== 'false',
    credentials: { accessKeyId, secretAccessKey },
  };
  return {
    name: env['S3_CONTRACT_PROFILE'] ?? 'a storage of your own',
    missing: null,
    start: async () => {
      const client = createS3Client(storage);
      const { partChecksum } = await findProfile(client, bucket).finally(() => client.destroy());
      return { ...storage, partChecksum, stop: async () => undefined };
    },
  };
}
