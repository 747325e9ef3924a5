import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { atOrAfter } from '@slipway/object-server/ledger/bounds';
import { Ledger } from '@slipway/object-server/ledger/ledger';
import { silentLogger } from '@slipway/object-server/server-logger';
import { startCode, startProcess, type TestProcess } from '../support/processes';
import { makeTestFolder } from '../support/test-folder';

const Bucket = 'crash';
const CREDENTIALS = { accessKeyId: 'AKIDCRASH', secretAccessKey: 'a secret of the test' };
const PART_SIZE = 5 * 1024 * 1024;

let folder: Awaited<ReturnType<typeof makeTestFolder>>;
const servers: RunningServer[] = [];

beforeEach(async () => {
  folder = await makeTestFolder('object-server');
});
afterEach(async () => {
  for (const server of servers.splice(0)) await end(server);
  await folder.remove();
});

interface RunningServer {
  process: TestProcess;
  s3: S3Client;
}

async function startServer(): Promise<RunningServer> {
  const env = {
    OBJECT_SERVER_DIR: folder.path,
    OBJECT_SERVER_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
    OBJECT_SERVER_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
  };
  const process = startProcess('libs/object-server/src/cli.js', { env });
  const [line] = await process.untilOutput(/\{"url":.*\}/);
  const { url: endpoint } = JSON.parse(line) as { url: string };
  const s3 = new S3Client({
    endpoint,
    region: 'us-east-1',
    credentials: CREDENTIALS,
    forcePathStyle: true,
    maxAttempts: 1,
  });
  const server = { process, s3 };
  servers.push(server);
  return server;
}

/** Harmless for a server that has ended already. */
async function end({ process, s3 }: RunningServer): Promise<void> {
  s3.destroy();
  await process.kill();
}

/** Every version of every key has bytes of its own, so that a mixture of two could not hide. */
const bodyOf = (key: string, version: number): Buffer =>
  Buffer.alloc(
    key.startsWith('parts') ? PART_SIZE + 1000 * version : 1 + (version % 5) * 700_000,
    `${key} v${version};`,
  );

interface Write {
  /** Newest version whose writing was begun. */
  begun: number;
  /** Newest version that the server said it has. */
  acknowledged: number;
}

/** Writes version after version of one key, until the server is gone. */
async function keepWriting(s3: S3Client, key: string, write: Write): Promise<void> {
  const put = key.startsWith('parts') ? putInParts : key.startsWith('copy') ? putByCopy : putWhole;
  for (;;) {
    write.begun++;
    try {
      await put(s3, key, write.begun);
    } catch {
      return;
    }
    write.acknowledged = write.begun;
  }
}

const putWhole = (s3: S3Client, Key: string, version: number): Promise<unknown> =>
  s3.send(new PutObjectCommand({ Bucket, Key, Body: bodyOf(Key, version) }));

async function putByCopy(s3: S3Client, Key: string, version: number): Promise<void> {
  const source = `incoming/${Key}`;
  await s3.send(new PutObjectCommand({ Bucket, Key: source, Body: bodyOf(Key, version) }));
  await s3.send(new CopyObjectCommand({ Bucket, Key, CopySource: `${Bucket}/${source}` }));
  await s3.send(new DeleteObjectCommand({ Bucket, Key: source }));
}

async function putInParts(s3: S3Client, Key: string, version: number): Promise<void> {
  const body = bodyOf(Key, version);
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key }));
  const Parts = [];
  for (const [index, Body] of [body.subarray(0, PART_SIZE), body.subarray(PART_SIZE)].entries()) {
    const { ETag } = await s3.send(
      new UploadPartCommand({ Bucket, Key, UploadId, PartNumber: index + 1, Body }),
    );
    Parts.push({ ETag, PartNumber: index + 1 });
  }
  await s3.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts } }));
}

const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** The version that is stored, 0 for none. Throws when the bytes are not exactly those of one that was begun. */
async function storedVersion(s3: S3Client, key: string, write: Write): Promise<number> {
  const answer = await s3.send(new GetObjectCommand({ Bucket, Key: key })).catch((error: Error) => error);
  if (answer instanceof Error) {
    if (answer.name === 'NoSuchKey') return 0;
    throw answer;
  }
  const stored = digest(await answer.Body!.transformToByteArray());
  for (let version = write.begun; version >= write.acknowledged && version > 0; version--) {
    if (digest(bodyOf(key, version)) === stored) return version;
  }
  throw new Error(`${key} holds neither its last acknowledged version nor a later one`);
}

async function deleteEverything(s3: S3Client): Promise<void> {
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket }));
  for (const { Key } of Contents) await s3.send(new DeleteObjectCommand({ Bucket, Key }));
  const { Uploads = [] } = await s3.send(new ListMultipartUploadsCommand({ Bucket }));
  for (const { Key, UploadId } of Uploads)
    await s3.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }));
}

async function countPieces(): Promise<number> {
  const entries = await readdir(join(folder.path, 'pieces'), { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).length;
}

test('an object server that is killed again and again has whole objects only, and all that it acknowledged', async () => {
  const writes = new Map(
    ['whole/a', 'whole/b', 'copy/c', 'parts/d'].map((key) => [key, { begun: 0, acknowledged: 0 }]),
  );
  let server = await startServer();
  await server.s3.send(new CreateBucketCommand({ Bucket }));
  for (const life of [40, 90, 150, 230, 310, 400, 555, 700]) {
    const writers = [...writes].map(([key, write]) => keepWriting(server.s3, key, write));
    await sleep(life);
    await end(server);
    await Promise.all(writers);

    server = await startServer();
    for (const [key, write] of writes) {
      const version = await storedVersion(server.s3, key, write);
      expect(version).toBeGreaterThanOrEqual(write.acknowledged);
    }
  }
  expect(Math.min(...[...writes.values()].map((write) => write.acknowledged))).toBeGreaterThan(0);

  await deleteEverything(server.s3);
  expect(await countPieces()).toBe(0);
  expect(await server.process.stop()).toEqual({ code: 0, signal: null });
});

/** Numbers one entry after the other and names the last one after each write; its logs rotate every few entries. */
const LEDGER_WRITER = `
  const { Ledger } = require('./libs/object-server/src/ledger/ledger.js');
  const { put, remove } = require('./libs/object-server/src/ledger/entry.js');
  Ledger.open(process.env.FOLDER, { logger: console, rotateAt: 3000 }).then((ledger) => {
    let number = ledger.get('last')?.number ?? 0;
    setInterval(() => {
      for (let turn = 0; turn < 20; turn++) {
        number++;
        ledger.write([put('last', { number }), put('entry/' + number, { number }), remove('entry/' + (number - 500))]);
      }
      process.stdout.write('<' + number + '>');
    }, 1);
  });
`;

test('a ledger that is killed while it empties its log or merges its tables loses nothing', async () => {
  let before = 0;
  for (const life of [30, 60, 90, 120, 150, 180, 210, 240]) {
    const writer = startCode(LEDGER_WRITER, { env: { FOLDER: folder.path } });
    await writer.untilOutput(/<\d+>/);
    await sleep(life);
    await writer.kill();
    const printed = Number(/<(\d+)>[^>]*$/.exec(writer.output)?.[1]);

    const ledger = await Ledger.open(folder.path, { logger: silentLogger });
    const { number: last } = ledger.get('last') as { number: number };
    expect(last).toBeGreaterThanOrEqual(printed);
    expect(last).toBeGreaterThan(before);
    const entries: number[] = [];
    const cursor = ledger.cursor(atOrAfter('entry/'));
    for (let entry = cursor.peek(); entry?.key.startsWith('entry/'); entry = cursor.peek()) {
      entries.push((entry.value as { number: number }).number);
      cursor.advance();
    }
    const first = Math.max(last - 499, 1);
    const expected = Array.from({ length: last - first + 1 }, (_, index) => first + index);
    expect(entries.sort((left, right) => left - right)).toEqual(expected);
    await ledger.close();
    before = last;
  }
});
