import {
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { BUCKET, CREDENTIAL, startTestServer, type TestServer } from './testing/test-server';

const UPLOADER = { accessKeyId: 'AKIDUPLOAD', secretAccessKey: 'only for uploads' };
let server: TestServer;

beforeAll(async () => {
  server = await startTestServer({ credentials: [CREDENTIAL, { ...UPLOADER, access: 'upload-only' }] });
});
afterAll(() => server.close());

test('an upload-only key sends objects to incoming/ and parts to uploads that were begun for it', async () => {
  const uploader = server.client({ credentials: UPLOADER });
  await uploader.send(new PutObjectCommand({ Bucket: BUCKET, Key: 'incoming/a', Body: 'x' }));
  const upload = { Bucket: BUCKET, Key: 'projects/p/big' };
  const { UploadId } = await server.s3.send(new CreateMultipartUploadCommand(upload));
  const { ETag } = await uploader.send(
    new UploadPartCommand({ ...upload, UploadId, PartNumber: 1, Body: 'x' }),
  );
  expect(ETag).toBe('"9dd4e461268c8034f5c8564e155c67a6"');
});

describe('an upload-only key may not', () => {
  const denied = { name: 'AccessDenied' };

  test.each([
    ['write elsewhere', new PutObjectCommand({ Bucket: BUCKET, Key: 'projects/p/a', Body: 'x' })],
    ['read', new GetObjectCommand({ Bucket: BUCKET, Key: 'incoming/a' })],
    ['list', new ListObjectsV2Command({ Bucket: BUCKET })],
    [
      'copy',
      new CopyObjectCommand({ Bucket: BUCKET, Key: 'incoming/b', CopySource: `${BUCKET}/incoming/a` }),
    ],
    ['begin a multipart upload', new CreateMultipartUploadCommand({ Bucket: BUCKET, Key: 'incoming/b' })],
  ])('%s', async (_, command) => {
    const client = server.client({ credentials: UPLOADER });
    await expect(client.send(command as PutObjectCommand)).rejects.toMatchObject(denied);
  });
});
