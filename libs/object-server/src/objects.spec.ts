import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { BUCKET, startTestServer, type TestServer } from './testing/test-server';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const read = async (key: string): Promise<Buffer> => {
  const { Body } = await server.s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: key }));
  return Buffer.from((await Body?.transformToByteArray()) ?? []);
};

test('an object comes back byte for byte with what was said of it', async () => {
  const body = randomBytes(300_000);
  await server.s3.send(
    new PutObjectCommand({
      Bucket: BUCKET,
      Key: 'a/b.bin',
      Body: body,
      ContentType: 'image/png',
      Metadata: { who: 'me' },
    }),
  );
  expect((await read('a/b.bin')).equals(body)).toBe(true);
  const head = await server.s3.send(new HeadObjectCommand({ Bucket: BUCKET, Key: 'a/b.bin' }));
  expect(head).toMatchObject({ ContentType: 'image/png', ContentLength: 300_000, Metadata: { who: 'me' } });
});

test('a stream of known length goes through the aws-chunked encoding', async () => {
  const body = randomBytes(5_000_000);
  await server.s3.send(
    new PutObjectCommand({
      Bucket: BUCKET,
      Key: 'stream',
      Body: Readable.from([body.subarray(0, 100), body.subarray(100)]),
      ContentLength: body.length,
    }),
  );
  expect((await read('stream')).equals(body)).toBe(true);
});

test('copy, list and delete', async () => {
  await server.s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: 'x/ü 1', Body: 'hello' }));
  await server.s3.send(
    new CopyObjectCommand({
      Bucket: BUCKET,
      Key: 'x/copy',
      CopySource: `${BUCKET}/${encodeURIComponent('x/ü 1')}`,
    }),
  );
  const listed = await server.s3.send(new ListObjectsV2Command({ Bucket: BUCKET, Prefix: 'x/' }));
  expect(listed.Contents?.map((entry) => entry.Key)).toEqual(['x/copy', 'x/ü 1']);
  await server.s3.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: 'x/ü 1' }));
  await expect(read('x/ü 1')).rejects.toMatchObject({ name: 'NoSuchKey' });
  expect(String(await read('x/copy'))).toBe('hello');
});
