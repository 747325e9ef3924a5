import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { EventListener } from './testing/event-listener';
import { BUCKET, startTestServer, type TestServer } from './testing/test-server';

interface Created {
  eventName: string;
  s3: { object: { key: string } };
}

let listener: EventListener<Created>;
let server: TestServer;

beforeEach(async () => {
  listener = new EventListener();
  server = await startTestServer({ events: { url: await listener.start(), token: 'a token' } });
});

afterEach(async () => {
  await server.close();
  await listener.stop();
});

const keys = (): string[] => listener.records().map((record) => record.s3.object.key);
const names = (): string[] => listener.records().map((record) => record.eventName);
const until = (count: number): Promise<void> => listener.until((records) => records.length >= count);
const putObject = (Key: string): Promise<unknown> =>
  server.s3.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body: 'body' }));

test('a new object is told of, with the token', async () => {
  await putObject('incoming/a b');
  await until(1);
  expect([keys(), names()]).toEqual([['incoming/a+b'], ['ObjectCreated:Put']]);
  expect(listener.messages[0]?.authorization).toBe('Bearer a token');
});

test('a copy is told of, a deletion is not', async () => {
  await putObject('one');
  const copy = { Bucket: BUCKET, Key: 'two', CopySource: `${BUCKET}/one` };
  await server.s3.send(new CopyObjectCommand(copy));
  await server.s3.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: 'one' }));
  await putObject('three');
  await until(3);
  expect(keys()).toEqual(['one', 'two', 'three']);
  expect(names()).toEqual(['ObjectCreated:Put', 'ObjectCreated:Copy', 'ObjectCreated:Put']);
});

test('an object of parts is told of when it is complete, and its parts are not', async () => {
  const target = { Bucket: BUCKET, Key: 'parts' };
  const { UploadId } = await server.s3.send(new CreateMultipartUploadCommand(target));
  const part = { ...target, UploadId, PartNumber: 1 };
  const { ETag } = await server.s3.send(new UploadPartCommand({ ...part, Body: 'part' }));
  await putObject('before');
  const MultipartUpload = { Parts: [{ PartNumber: 1, ETag }] };
  await server.s3.send(new CompleteMultipartUploadCommand({ ...target, UploadId, MultipartUpload }));
  await until(2);
  expect(keys()).toEqual(['before', 'parts']);
  expect(names()).toEqual(['ObjectCreated:Put', 'ObjectCreated:CompleteMultipartUpload']);
});

test('an object that is refused is not told of', async () => {
  const wrong = new PutObjectCommand({
    Bucket: BUCKET,
    Key: 'bad',
    Body: 'body',
    ContentMD5: 'AAAAAAAAAAAAAAAAAAAAAA==',
  });
  await expect(server.s3.send(wrong)).rejects.toMatchObject({ name: 'BadDigest' });
  await putObject('good');
  await until(1);
  expect(keys()).toEqual(['good']);
});

test('who does not listen at once is told again, and nothing is lost or told twice', async () => {
  listener.refusals = 2;
  for (let number = 0; number < 20; number += 1) await putObject(`key-${number}`);
  await until(20);
  expect(keys()).toEqual(Array.from({ length: 20 }, (_, number) => `key-${number}`));
});

test('a server that nobody listens to stores all the same, and stops at once', async () => {
  const deaf = await startTestServer({ events: { url: 'http://127.0.0.1:1/', token: 'x' } });
  await deaf.s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: 'a', Body: 'body' }));
  await expect(deaf.close()).resolves.toBeUndefined();
});
