import { spawn } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutBucketCorsCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { TestProcess } from '../support/processes';
import { makeTestFolder } from '../support/test-folder';

const Bucket = 'full-disk';
const CREDENTIALS = { accessKeyId: 'AKIDFULL', secretAccessKey: 'a secret of the test' };
const CLI = join(__dirname, '../../dist/libs/object-server/src/cli.js');

let folder: Awaited<ReturnType<typeof makeTestFolder>>;
const servers: RunningServer[] = [];

beforeEach(async () => {
  folder = await makeTestFolder('full-disk');
});
afterEach(async () => {
  for (const server of servers.splice(0)) await stop(server);
  await folder.remove();
});

interface RunningServer {
  process: TestProcess;
  s3: S3Client;
}

/** No file of the server may grow beyond so many blocks (512 or 1,024 bytes): writing fails as on a full disk. */
async function startServer(maxBlocks: number | 'unlimited'): Promise<RunningServer> {
  const script = `ulimit -f ${maxBlocks}; exec "$0" "$@"`;
  const child = spawn('sh', ['-c', script, process.execPath, CLI], {
    env: {
      OBJECT_SERVER_DIR: folder.path,
      OBJECT_SERVER_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
      OBJECT_SERVER_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const server = new TestProcess(child);
  const [line] = await server.untilOutput(/\{"url":.*\}/);
  const { url: endpoint } = JSON.parse(line) as { url: string };
  const s3 = new S3Client({
    endpoint,
    region: 'us-east-1',
    credentials: CREDENTIALS,
    forcePathStyle: true,
    maxAttempts: 1,
  });
  const running = { process: server, s3 };
  servers.push(running);
  return running;
}

const put = (s3: S3Client, Key: string, Body: Buffer | string): Promise<unknown> =>
  s3.send(new PutObjectCommand({ Bucket, Key, Body }));

const read = async (s3: S3Client, Key: string): Promise<string> => {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
  return Body!.transformToString();
};

/** Harmless for a server that has ended already. */
async function stop({ process: server, s3 }: RunningServer): Promise<void> {
  s3.destroy();
  await server.stop();
}

async function countPieces(): Promise<number> {
  const entries = await readdir(join(folder.path, 'pieces'), { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).length;
}

test('an object that the disk has no room for is refused, and the one it would replace stays', async () => {
  const server = await startServer(2000);
  await server.s3.send(new CreateBucketCommand({ Bucket }));
  await put(server.s3, 'key', 'before');
  await expect(put(server.s3, 'key', Buffer.alloc(8_000_000))).rejects.toMatchObject({
    name: 'InternalError',
  });
  expect(await read(server.s3, 'key')).toBe('before');
  expect(await countPieces()).toBe(1);
  expect(server.process.output).toContain('EFBIG');
});

test('a ledger that the disk has no room for keeps what it said it has, and goes on when there is room again', async () => {
  let server = await startServer(40);
  await server.s3.send(new CreateBucketCommand({ Bucket }));
  const acknowledged: string[] = [];
  const refusal = await (async () => {
    for (let number = 0; number < 1000; number++) {
      const key = `key-${number}`;
      try {
        await put(server.s3, key, key);
      } catch (error) {
        return error;
      }
      acknowledged.push(key);
    }
    return null;
  })();
  expect(refusal).toMatchObject({ name: 'InternalError' });
  expect(acknowledged.length).toBeGreaterThan(5);
  expect(await read(server.s3, 'key-0')).toBe('key-0');
  await stop(server);

  server = await startServer('unlimited');
  const { Contents = [] } = await server.s3.send(new ListObjectsV2Command({ Bucket }));
  expect(Contents.map(({ Key }) => Key)).toEqual([...acknowledged].sort());
  await put(server.s3, 'after', 'after');
  expect(await read(server.s3, 'after')).toBe('after');
  for (const Key of [...acknowledged, 'after'])
    await server.s3.send(new DeleteObjectCommand({ Bucket, Key }));
  expect(await countPieces()).toBe(0);
});

test('an entry that was written in part only does not spoil the ones behind it', async () => {
  let server = await startServer(40);
  await server.s3.send(new CreateBucketCommand({ Bucket }));
  const AllowedOrigins = Array.from({ length: 5000 }, (_, number) => `https://page-${number}.example`);
  const tooLarge = new PutBucketCorsCommand({
    Bucket,
    CORSConfiguration: { CORSRules: [{ AllowedOrigins, AllowedMethods: ['GET'] }] },
  });
  await expect(server.s3.send(tooLarge)).rejects.toMatchObject({ name: 'InternalError' });
  await put(server.s3, 'behind', 'behind');
  await stop(server);

  server = await startServer('unlimited');
  expect(await read(server.s3, 'behind')).toBe('behind');
});
