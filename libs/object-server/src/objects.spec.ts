import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import {
  DeleteObjectCommand,
  DeleteObjectsCommand,
  DeleteObjectTaggingCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
  type GetObjectCommandInput,
  type PutObjectCommandInput,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { sendRaw } from './testing/raw-request';
import { BUCKET, startTestServer, type TestServer } from './testing/test-server';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const put = (Key: string, Body: PutObjectCommandInput['Body'], more: Partial<PutObjectCommandInput> = {}) =>
  server.s3.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body, ...more }));

const get = (Key: string, more: Partial<GetObjectCommandInput> = {}) =>
  server.s3.send(new GetObjectCommand({ Bucket: BUCKET, Key, ...more }));

const head = (Key: string) =>
  server.s3.send(new HeadObjectCommand({ Bucket: BUCKET, Key, ChecksumMode: 'ENABLED' }));

const read = async (Key: string, more: Partial<GetObjectCommandInput> = {}): Promise<Buffer> => {
  const { Body } = await get(Key, more);
  return Buffer.from(await Body!.transformToByteArray());
};

const status = (request: Promise<unknown>): Promise<number> =>
  request.then(
    () => 200,
    (error: { $metadata?: { httpStatusCode?: number } }) => error.$metadata?.httpStatusCode ?? 0,
  );

describe('an object', () => {
  test('comes back byte for byte with what was said of it', async () => {
    const body = randomBytes(300_000);
    const said = {
      ContentType: 'image/png',
      CacheControl: 'max-age=60',
      ContentDisposition: 'attachment; filename="a.png"',
      ContentEncoding: 'identity',
      ContentLanguage: 'de',
      Metadata: { who: 'me' },
    };
    const { ETag } = await put('a/b.bin', body, said);
    expect(ETag).toBe(`"${createHash('md5').update(body).digest('hex')}"`);
    expect((await read('a/b.bin')).equals(body)).toBe(true);
    expect(await head('a/b.bin')).toMatchObject({
      ...said,
      ETag,
      ContentLength: body.length,
      AcceptRanges: 'bytes',
    });
  });

  test('that is empty stays empty', async () => {
    await put('empty', '', { ContentLength: 0 });
    expect(await read('empty')).toHaveLength(0);
    expect(await head('empty')).toMatchObject({ ContentLength: 0, ContentType: 'application/octet-stream' });
  });

  test('that comes as a stream goes through the aws-chunked encoding', async () => {
    const body = randomBytes(5_000_000);
    const stream = Readable.from([body.subarray(0, 100), body.subarray(100)]);
    await put('stream', stream, { ContentLength: body.length, ContentEncoding: 'gzip' });
    const stored = await get('stream');
    expect(body.equals(await stored.Body!.transformToByteArray())).toBe(true);
    expect(stored.ContentEncoding).toBe('gzip');
  });

  test.each(['CRC32', 'CRC32C', 'SHA1', 'SHA256'] as const)(
    'keeps the %s that its client computed',
    async (ChecksumAlgorithm) => {
      const answer = await put('checked', 'some bytes', { ChecksumAlgorithm });
      const name = `Checksum${ChecksumAlgorithm}` as const;
      expect(answer[name]).toMatch(/=$/);
      expect(await head('checked')).toMatchObject({ [name]: answer[name], ChecksumType: 'FULL_OBJECT' });
    },
  );

  test('is read whole though it is replaced meanwhile', async () => {
    const body = randomBytes(8_000_000);
    await put('busy', body);
    const reading = await get('busy');
    await put('busy', 'new');
    expect(body.equals(await reading.Body!.transformToByteArray())).toBe(true);
    expect(String(await read('busy'))).toBe('new');
  });

  test('is gone when it was deleted, and deleting it again succeeds', async () => {
    await put('gone', 'x');
    await server.s3.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: 'gone' }));
    await server.s3.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: 'gone' }));
    await expect(get('gone')).rejects.toMatchObject({ name: 'NoSuchKey' });
  });
});

describe('ranges', () => {
  beforeAll(() => put('digits', '0123456789'));

  test.each([
    ['bytes=2-4', '234', 'bytes 2-4/10'],
    ['bytes=7-', '789', 'bytes 7-9/10'],
    ['bytes=-3', '789', 'bytes 7-9/10'],
    ['bytes=8-99', '89', 'bytes 8-9/10'],
  ])('%s', async (Range, expected, contentRange) => {
    const { Body, ContentRange, $metadata } = await get('digits', { Range });
    expect(await Body!.transformToString()).toBe(expected);
    expect([ContentRange, $metadata.httpStatusCode]).toEqual([contentRange, 206]);
  });

  test('one behind the end is refused', async () => {
    await expect(get('digits', { Range: 'bytes=10-' })).rejects.toMatchObject({ name: 'InvalidRange' });
  });
});

describe('conditions', () => {
  let etag: string;
  beforeAll(async () => {
    etag = (await put('conditions', 'x')).ETag ?? '';
  });

  test.each<[string, () => Partial<GetObjectCommandInput>, number]>([
    ['If-Match with its ETag', () => ({ IfMatch: etag }), 200],
    ['If-Match with another', () => ({ IfMatch: '"other"' }), 412],
    ['If-None-Match with its ETag', () => ({ IfNoneMatch: etag }), 304],
    ['If-None-Match with another', () => ({ IfNoneMatch: '"other"' }), 200],
    ['If-Modified-Since now', () => ({ IfModifiedSince: new Date() }), 304],
    ['If-Unmodified-Since long ago', () => ({ IfUnmodifiedSince: new Date(0) }), 412],
  ])('%s', async (_, condition, expected) => {
    expect(await status(get('conditions', condition()))).toBe(expected);
  });

  test('of many writers that want the key free, one wins', async () => {
    const bodies = Array.from({ length: 20 }, (_, index) => `writer ${index}`);
    const answers = await Promise.all(bodies.map((body) => status(put('race', body, { IfNoneMatch: '*' }))));
    expect(answers.filter((answer) => answer === 200)).toHaveLength(1);
    expect(answers.filter((answer) => answer === 412)).toHaveLength(19);
    expect(String(await read('race'))).toBe(bodies[answers.indexOf(200)]);
  });

  test('a write that wants a version is refused for another one, and for none', async () => {
    const first = await put('versioned', 'one');
    expect(await status(put('versioned', 'two', { IfMatch: first.ETag }))).toBe(200);
    expect(await status(put('versioned', 'three', { IfMatch: first.ETag }))).toBe(412);
    await expect(put('nowhere', 'x', { IfMatch: first.ETag })).rejects.toMatchObject({ name: 'NoSuchKey' });
    expect(String(await read('versioned'))).toBe('two');
  });

  test('If-None-Match of a write knows only *', () =>
    expect(put('x', 'x', { IfNoneMatch: '"etag"' })).rejects.toMatchObject({ name: 'NotImplemented' }));
});

test('many objects are deleted by one request, and only failures are told when it is quiet', async () => {
  await Promise.all(['d/<1>&', 'd/2 ', 'd/3'].map((key) => put(key, 'x')));
  const remove = (Quiet: boolean, ...keys: string[]) =>
    server.s3.send(
      new DeleteObjectsCommand({ Bucket: BUCKET, Delete: { Quiet, Objects: keys.map((Key) => ({ Key })) } }),
    );
  const told = await remove(false, 'd/<1>&', 'd/2 ', 'never there');
  expect(told.Deleted?.map(({ Key }) => Key)).toEqual(['d/<1>&', 'd/2 ', 'never there']);
  const quiet = await remove(true, 'd/3');
  expect(quiet.Deleted).toBeUndefined();
  expect(await Promise.all(['d/<1>&', 'd/2 ', 'd/3'].map((key) => status(head(key))))).toEqual([
    404, 404, 404,
  ]);
});

test('tags are put, read, counted and deleted', async () => {
  await put('tagged', 'x', { Tagging: 'a=1&b=%20x' });
  const tags = async () =>
    (await server.s3.send(new GetObjectTaggingCommand({ Bucket: BUCKET, Key: 'tagged' }))).TagSet;
  expect(await tags()).toEqual([
    { Key: 'a', Value: '1' },
    { Key: 'b', Value: ' x' },
  ]);
  await server.s3.send(
    new PutObjectTaggingCommand({
      Bucket: BUCKET,
      Key: 'tagged',
      Tagging: { TagSet: [{ Key: 'c', Value: '<&>' }] },
    }),
  );
  expect(await tags()).toEqual([{ Key: 'c', Value: '<&>' }]);
  await server.s3.send(new DeleteObjectTaggingCommand({ Bucket: BUCKET, Key: 'tagged' }));
  expect(await tags()).toEqual([]);
});

test('a signed URL can replace the headers that an object is served with', async () => {
  await put('served', 'x', { ContentType: 'text/plain' });
  const command = new GetObjectCommand({
    Bucket: BUCKET,
    Key: 'served',
    ResponseContentType: 'text/csv',
    ResponseContentDisposition: 'attachment; filename="ü.csv"',
    ResponseCacheControl: 'private',
  });
  const { headers } = await sendRaw(await getSignedUrl(server.s3, command), { method: 'GET' });
  expect(headers).toMatchObject({ 'content-type': 'text/csv', 'cache-control': 'private' });
  expect(Buffer.from(headers['content-disposition'] ?? '', 'latin1').toString()).toBe(
    'attachment; filename="ü.csv"',
  );
});

test.each<[string, Partial<PutObjectCommandInput>, string]>([
  ['a public ACL', { ACL: 'public-read' }, 'AccessControlListNotSupported'],
  ['encryption', { ServerSideEncryption: 'AES256' }, 'NotImplemented'],
  ['another storage class', { StorageClass: 'GLACIER' }, 'NotImplemented'],
  [
    'too many tags',
    { Tagging: Array.from({ length: 11 }, (_, index) => `k${index}=v`).join('&') },
    'BadRequest',
  ],
  ['too much metadata', { Metadata: { big: 'x'.repeat(2049) } }, 'MetadataTooLarge'],
  ['a key over 1,024 bytes', { Key: 'ü'.repeat(513) }, 'KeyTooLongError'],
])('an object with %s is refused', async (_, input, name) => {
  await expect(put('refused', 'x', input)).rejects.toMatchObject({ name });
});
