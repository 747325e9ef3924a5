import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { BUCKET, startTestServer, type TestServer } from './testing/test-server';

let server: TestServer;
let logged: string[];

beforeEach(async () => {
  logged = [];
  const log = (_details: object, message: string): void => void logged.push(message);
  server = await startTestServer({ logger: { warn: log, error: log } });
});
afterEach(() => server.close());

const failure = { name: 'InternalError', $metadata: { httpStatusCode: 500 } };

test('an object whose bytes are lost is refused as a failure of the server, and logged', async () => {
  await server.s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: 'key', Body: 'x' }));
  const folder = join(server.dataDir, 'pieces');
  for (const name of await readdir(folder)) await rm(join(folder, name), { recursive: true });
  await expect(server.s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: 'key' }))).rejects.toMatchObject(
    failure,
  );
  expect(logged).toEqual(['A request failed']);
});

test('a write that the disk refuses changes nothing, and the next one may pass', async () => {
  const put = (Body: string) => server.s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: 'key', Body }));
  const folder = join(server.dataDir, 'pieces');
  const names = await readdir(folder);
  for (const name of names) await rm(join(folder, name), { recursive: true });
  await expect(put('refused')).rejects.toMatchObject(failure);
  await expect(server.s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: 'key' }))).rejects.toMatchObject({
    name: 'NoSuchKey',
  });
  for (const name of names) await mkdir(join(folder, name));
  await put('taken');
  const { Body } = await server.s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: 'key' }));
  expect(await Body!.transformToString()).toBe('taken');
});
