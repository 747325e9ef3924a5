import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import {
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  type PutObjectCommandInput,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { sendRaw, type RawResponse } from './testing/raw-request';
import { BUCKET, startTestServer, type TestServer } from './testing/test-server';

const BODY = 'the body that was promised';
const SHA256 = createHash('sha256').update(BODY).digest('base64');
const MD5 = createHash('md5').update(BODY).digest('base64');

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

/** As the product signs: length, type and digest are signed headers, nothing is hoisted into the query. */
const sign = (input: Partial<PutObjectCommandInput> = {}, expiresIn = 60): Promise<string> => {
  const client = server.client({
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
  const command = new PutObjectCommand({
    Bucket: BUCKET,
    Key: 'incoming/upload',
    ContentLength: BODY.length,
    ContentType: 'text/plain',
    ...input,
  });
  return getSignedUrl(client, command, {
    expiresIn,
    signableHeaders: new Set(['content-type']),
    unhoistableHeaders: new Set(['x-amz-checksum-sha256', 'x-amz-checksum-crc32c']),
  });
};

const plain = { 'content-type': 'text/plain' };

interface PutOptions {
  body?: string;
  headers?: Record<string, string>;
}

const put = (url: string, options: PutOptions = {}): Promise<RawResponse> => {
  const { body = BODY, headers = plain } = options;
  return sendRaw(url, {
    method: 'PUT',
    headers: { 'content-length': Buffer.byteLength(body), ...headers },
    body,
  });
};

const storedText = async (key = 'incoming/upload'): Promise<string> => {
  const { Body } = await server.s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: key }));
  return Body!.transformToString();
};

test('the promised body is taken', async () => {
  const answer = await put(await sign({ ChecksumSHA256: SHA256 }), {
    headers: { ...plain, 'x-amz-checksum-sha256': SHA256 },
  });
  expect([answer.status, answer.headers['x-amz-checksum-sha256']]).toEqual([200, SHA256]);
  expect(await storedText()).toBe(BODY);
  const head = await server.s3.send(
    new HeadObjectCommand({ Bucket: BUCKET, Key: 'incoming/upload', ChecksumMode: 'ENABLED' }),
  );
  expect(head).toMatchObject({
    ChecksumSHA256: SHA256,
    ChecksumType: 'FULL_OBJECT',
    ContentType: 'text/plain',
  });
});

describe('refused, and the object that was there stays', () => {
  const other = 'X'.repeat(BODY.length);

  beforeEach(async () => {
    await server.s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: 'incoming/upload', Body: 'before' }));
  });

  const attempt = async (url: string, options: PutOptions = {}): Promise<string> => {
    const { status, code } = await put(url, options);
    return `${status} ${code}, stored: ${await storedText()}`;
  };
  const refused = (reason: string): string => `${reason}, stored: before`;

  test('one byte more than was signed', async () => {
    const outcome = await attempt(await sign(), { body: `${BODY}!` });
    expect(outcome).toBe(refused('403 SignatureDoesNotMatch'));
  });

  test('another content type', async () => {
    const outcome = await attempt(await sign(), { headers: { 'content-type': 'text/html' } });
    expect(outcome).toBe(refused('403 SignatureDoesNotMatch'));
  });

  test('another path', async () => {
    const url = (await sign()).replace('incoming/upload', 'incoming/other');
    expect(await attempt(url)).toBe(refused('403 SignatureDoesNotMatch'));
  });

  test('an expired URL', async () => {
    const url = await sign({}, 1);
    await delay(1100);
    expect(await attempt(url)).toBe(refused('403 AccessDenied'));
    expect(String((await put(url)).body)).toContain('<Message>Request has expired</Message>');
  });

  test('other bytes than the signed SHA-256', async () => {
    const url = await sign({ ChecksumSHA256: SHA256 });
    const headers = { ...plain, 'x-amz-checksum-sha256': SHA256 };
    expect(await attempt(url, { body: other, headers })).toBe(refused('400 BadDigest'));
  });

  test('a signed SHA-256 that was left out, or replaced to fit other bytes', async () => {
    const url = await sign({ ChecksumSHA256: SHA256 });
    expect(await attempt(url)).toBe(refused('403 SignatureDoesNotMatch'));
    const fitting = createHash('sha256').update(other).digest('base64');
    const headers = { ...plain, 'x-amz-checksum-sha256': fitting };
    expect(await attempt(url, { body: other, headers })).toBe(refused('403 SignatureDoesNotMatch'));
  });

  test('a SHA-256 in the query that the bytes do not have', async () => {
    const client = server.client({ requestChecksumCalculation: 'WHEN_REQUIRED' });
    const command = new PutObjectCommand({ Bucket: BUCKET, Key: 'incoming/upload', ChecksumSHA256: SHA256 });
    const url = await getSignedUrl(client, command);
    expect(url).toContain('x-amz-checksum-sha256=');
    expect(await attempt(url, { body: other, headers: {} })).toBe(refused('400 BadDigest'));
  });

  test('other bytes than the signed Content-MD5', async () => {
    const url = await sign({ ContentMD5: MD5 });
    const headers = { ...plain, 'content-md5': MD5 };
    expect(await attempt(url, { body: other, headers })).toBe(refused('400 BadDigest'));
  });

  test('a Content-MD5 that is none', async () => {
    const headers = { ...plain, 'content-md5': 'abc' };
    expect(await attempt(await sign(), { headers })).toBe(refused('400 InvalidDigest'));
  });

  test('a CRC32C that the bytes do not have', async () => {
    const url = await sign({ ChecksumCRC32C: 'AAAAAA==' });
    const headers = { ...plain, 'x-amz-checksum-crc32c': 'AAAAAA==' };
    expect(await attempt(url, { headers })).toBe(refused('400 BadDigest'));
  });

  test('a copy by a header that was not signed', async () => {
    await server.s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: 'secret', Body: 'secret' }));
    const headers = { ...plain, 'x-amz-copy-source': `/${BUCKET}/secret` };
    expect(await attempt(await sign(), { headers })).toBe(refused('403 AccessDenied'));
  });

  test('a key that is taken, when the URL wants it free', async () => {
    const url = await sign({ IfNoneMatch: '*' });
    const headers = { ...plain, 'if-none-match': '*' };
    expect(await attempt(url, { headers })).toBe(refused('412 PreconditionFailed'));
  });

  test('a body without a length', async () => {
    const client = server.client({ requestChecksumCalculation: 'WHEN_REQUIRED' });
    const url = await getSignedUrl(client, new PutObjectCommand({ Bucket: BUCKET, Key: 'incoming/upload' }));
    const answer = await sendRaw(url, {
      method: 'PUT',
      headers: { 'transfer-encoding': 'chunked' },
      body: BODY,
    });
    expect([answer.status, answer.code, await storedText()]).toEqual([411, 'MissingContentLength', 'before']);
  });
});

test('a client that goes away in the middle leaves nothing', async () => {
  const countPieces = async (): Promise<number> => {
    const entries = await readdir(join(server.dataDir, 'pieces'), { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).length;
  };
  const before = await countPieces();
  const url = new URL(await sign({ Key: 'gone', ContentLength: 1_000_000 }));
  const socket = connect(Number(url.port), url.hostname);
  const head = { host: url.host, 'content-type': 'text/plain', 'content-length': '1000000' };
  socket.write(requestHead('PUT', url, head));
  socket.write(Buffer.alloc(200_000));
  while ((await countPieces()) === before) await delay(5);
  socket.destroy();
  while ((await countPieces()) > before) await delay(5);
  await expect(storedText('gone')).rejects.toMatchObject({ name: 'NoSuchKey' });
});

function requestHead(method: string, url: URL, headers: Record<string, string>): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${url.pathname}${url.search} HTTP/1.1\r\n${lines.join('')}\r\n`;
}

describe('a client that waits for "100 Continue"', () => {
  const converse = async (headers: Record<string, string>, body: string): Promise<string> => {
    const url = new URL(await sign({ Key: 'waiting' }));
    const socket = connect(Number(url.port), url.hostname);
    const head = {
      host: url.host,
      'content-length': String(BODY.length),
      expect: '100-continue',
      connection: 'close',
      ...headers,
    };
    socket.write(requestHead('PUT', url, head));
    let text = '';
    for await (const chunk of socket) {
      text += String(chunk);
      if (text.endsWith('HTTP/1.1 100 Continue\r\n\r\n')) socket.write(body);
    }
    return text;
  };

  test('is told to go on when its signature is right', async () => {
    expect(await converse(plain, BODY)).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 OK/);
    expect(await storedText('waiting')).toBe(BODY);
  });

  test('is refused before it sends anything when it is wrong', async () => {
    expect(await converse({ 'content-type': 'text/html' }, BODY)).toMatch(/^HTTP\/1\.1 403 Forbidden/);
  });
});
