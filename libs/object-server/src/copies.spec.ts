import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  type CopyObjectCommandInput,
  type PutObjectCommandInput,
} from '@aws-sdk/client-s3';
import { BUCKET, startTestServer, type TestServer } from './testing/test-server';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const put = (Key: string, Body: string, more: Partial<PutObjectCommandInput> = {}) =>
  server.s3.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body, ...more }));

const head = (Key: string) =>
  server.s3.send(new HeadObjectCommand({ Bucket: BUCKET, Key, ChecksumMode: 'ENABLED' }));

const read = async (Key: string): Promise<string> => {
  const { Body } = await server.s3.send(new GetObjectCommand({ Bucket: BUCKET, Key }));
  return Body!.transformToString();
};

describe('a copy', () => {
  const source = 'x/ü +1';
  let etag: string;
  beforeAll(async () => {
    const said = {
      ContentType: 'text/plain',
      Metadata: { a: '1' },
      Tagging: 'k=v',
      ChecksumAlgorithm: 'SHA256',
    } as const;
    etag = (await put(source, 'hello', said)).ETag ?? '';
  });

  const copy = (Key: string, more: Partial<CopyObjectCommandInput> = {}) =>
    server.s3.send(
      new CopyObjectCommand({
        Bucket: BUCKET,
        Key,
        CopySource: `${BUCKET}/${encodeURIComponent(source)}`,
        ...more,
      }),
    );

  test('has the bytes, ETag, checksum, metadata and tags of its source, and outlives it', async () => {
    const original = await head(source);
    await put('mortal', 'hello');
    await copy('x/copy', { CopySourceIfMatch: etag });
    await server.s3.send(
      new CopyObjectCommand({ Bucket: BUCKET, Key: 'heir', CopySource: `${BUCKET}/mortal` }),
    );
    await server.s3.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: 'mortal' }));
    expect([await read('x/copy'), await read('heir')]).toEqual(['hello', 'hello']);
    const { ETag, ChecksumSHA256, ContentType, Metadata, TagCount } = original;
    expect(await head('x/copy')).toMatchObject({ ETag, ChecksumSHA256, ContentType, Metadata, TagCount });
  });

  test('takes new metadata and tags when it is told to', async () => {
    const replacing = { MetadataDirective: 'REPLACE', TaggingDirective: 'REPLACE' } as const;
    await copy('x/new', { ...replacing, ContentType: 'text/html', Metadata: { b: '2' }, Tagging: 'n=1&m=2' });
    expect(await head('x/new')).toMatchObject({
      ContentType: 'text/html',
      Metadata: { b: '2' },
      TagCount: 2,
    });
  });

  test.each<[string, () => Partial<CopyObjectCommandInput>]>([
    ['the source has another ETag', () => ({ CopySourceIfMatch: '"other"' })],
    ['the source was not changed since', () => ({ CopySourceIfModifiedSince: new Date() })],
    ['the source was changed since', () => ({ CopySourceIfUnmodifiedSince: new Date(0) })],
    ['the target is taken', () => ({ IfNoneMatch: '*', Key: source })],
  ])('is refused when %s', async (_, condition) => {
    const command = copy('x/refused', { MetadataDirective: 'REPLACE', ...condition() });
    await expect(command).rejects.toMatchObject({ name: 'PreconditionFailed' });
    await expect(head('x/refused')).rejects.toMatchObject({ name: 'NotFound' });
  });

  test('of an object onto itself changes something or is refused', async () => {
    await expect(copy(source)).rejects.toMatchObject({ name: 'InvalidRequest' });
    await copy(source, { MetadataDirective: 'REPLACE', ContentType: 'text/markdown' });
    expect(await head(source)).toMatchObject({ ContentType: 'text/markdown' });
    expect(await read(source)).toBe('hello');
  });

  test('of nothing is refused', async () => {
    const missing = copy('x', { CopySource: `${BUCKET}/nothing` });
    await expect(missing).rejects.toMatchObject({ name: 'NoSuchKey' });
    const elsewhere = copy('x', { CopySource: 'no-such-bucket/key' });
    await expect(elsewhere).rejects.toMatchObject({ name: 'NoSuchBucket' });
  });
});
