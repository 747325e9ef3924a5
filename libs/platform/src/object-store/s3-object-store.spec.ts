import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import type { S3Client } from '@aws-sdk/client-s3';
import { createS3Client } from './s3-client';
import { DEFAULT_LIMITS, type CallLimits } from './call-limits';
import { S3ObjectStore } from './s3-object-store';
import { StorageError } from './storage-error';

type Answering = (request: IncomingMessage, response: ServerResponse) => unknown;

/** What a storage does when all is well is held down in test/contract; here it misbehaves. */
describe('a store whose storage misbehaves', () => {
  let server: Server;
  let client: S3Client;
  const requests: string[] = [];

  async function storeAnswering(answer: Answering, limits?: CallLimits): Promise<S3ObjectStore> {
    server = createServer((request, response) => {
      requests.push(`${request.method} ${request.url}`);
      request.resume();
      answer(request, response);
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const credentials = { accessKeyId: 'key', secretAccessKey: 'secret' };
    client = createS3Client({ endpoint, region: 'us-east-1', forcePathStyle: true, credentials });
    return new S3ObjectStore(client, 'bucket', limits);
  }

  const refuse = (response: ServerResponse, status: number, code: string): void => {
    const xml = `<?xml version="1.0"?><Error><Code>${code}</Code><Message>told by the storage</Message></Error>`;
    response.writeHead(status, { 'content-type': 'application/xml' }).end(xml);
  };

  /** Announces ten bytes, sends five and hangs up. */
  const tear = (response: ServerResponse): void => {
    response.writeHead(206, { 'content-length': '10', 'content-range': 'bytes 0-9/10' });
    response.write('01234', () => response.destroy());
  };

  afterEach(async () => {
    client.destroy();
    requests.length = 0;
    server.closeAllConnections();
    if (server.listening) await new Promise((resolve) => server.close(resolve));
  });

  it.each([
    [400, 'InvalidArgument', 'refused'],
    [400, 'RequestTimeout', 'unavailable'],
    [400, 'ExpiredToken', 'unavailable'],
    [403, 'AccessDenied', 'refused'],
    [404, 'NoSuchBucket', 'not_found'],
    [409, 'OperationAborted', 'unavailable'],
    [412, 'PreconditionFailed', 'precondition_failed'],
    [429, 'TooManyRequests', 'unavailable'],
    [500, 'InternalError', 'unavailable'],
    [501, 'NotImplemented', 'refused'],
    [503, 'SlowDown', 'unavailable'],
  ])('reports %i %s as %s, with what was tried and what was said', async (status, code, failure) => {
    const store = await storeAnswering((_, response) => refuse(response, status, code));
    const reading = store.readRange('some/key', 0, 10);
    await expect(reading).rejects.toThrow(StorageError);
    await expect(reading).rejects.toMatchObject({
      failure,
      message: expect.stringMatching(new RegExp(`read some/key: ${status} ${code}: told by the storage`)),
    });
  });

  it('tries again while the storage asks for patience, and no more than three times', async () => {
    const store = await storeAnswering((_, response) => refuse(response, 503, 'SlowDown'));
    await expect(store.delete('key')).rejects.toMatchObject({ failure: 'unavailable' });
    expect(requests).toHaveLength(3);
  });

  it('succeeds when the second try does, and sends the whole body again', async () => {
    const bodies: string[] = [];
    const store = await storeAnswering(async (request, response) => {
      bodies.push(String(await buffer(request)));
      if (bodies.length === 1) refuse(response, 500, 'InternalError');
      else response.writeHead(200, { etag: '"abc"' }).end();
    });
    expect(await store.put('key', Buffer.from('body'), { contentType: 'text/plain' })).toEqual({
      etag: 'abc',
    });
    expect(bodies).toEqual(['body', 'body']);
  });

  it('is unavailable, not missing, when nobody listens', async () => {
    const store = await storeAnswering(() => undefined);
    await new Promise((resolve) => server.close(resolve));
    await expect(store.head('key')).rejects.toMatchObject({
      failure: 'unavailable',
      message: expect.stringContaining('ECONNREFUSED'),
    });
  });

  it('gives up on a storage that never answers', async () => {
    const store = await storeAnswering(() => undefined, { ...DEFAULT_LIMITS, callMs: 200, transferMs: 200 });
    await expect(store.head('key')).rejects.toMatchObject({ failure: 'unavailable' });
    await expect(store.put('key', Buffer.from('x'), { contentType: 'text/plain' })).rejects.toMatchObject({
      failure: 'unavailable',
    });
  });

  it('takes an error inside a copy that was answered 200 for what it is', async () => {
    const store = await storeAnswering((_, response) => refuse(response, 200, 'InternalError'));
    await expect(store.copy('from', 'to', { ifSourceMatch: 'e' })).rejects.toMatchObject({
      failure: 'unavailable',
    });
  });

  const upload = { key: 'key', storageUploadId: 'upload' };
  const part = { partNumber: 1, size: 5, etag: 'abc', checksumSha256: null };

  it.each([
    ['InternalError', 'unavailable'],
    ['SlowDown', 'unavailable'],
    ['InvalidPart', 'precondition_failed'],
  ])('takes %s inside a completion that was answered 200 for what it is', async (code, failure) => {
    const store = await storeAnswering((_, response) => refuse(response, 200, code));
    const completing = store.completeMultipart(upload, [part]);
    await expect(completing).rejects.toThrow(StorageError);
    await expect(completing).rejects.toMatchObject({ failure });
  });

  it('takes an upload that is gone for gone, also when it is told inside an answer of 200', async () => {
    const store = await storeAnswering((_, response) => refuse(response, 200, 'NoSuchUpload'));
    expect(await store.completeMultipart(upload, [part])).toBe(false);
  });

  it.each([
    ['gone', { status: 404, xml: '<Error><Code>NoSuchUpload</Code></Error>', outcome: false }],
    ['still there', { status: 200, xml: '<ListPartsResult/>', outcome: 'unavailable' }],
  ])('looks whether an upload is %s when its completion is answered 500', async (_, parts) => {
    const { status, xml, outcome } = parts;
    const store = await storeAnswering(({ method }, response) => {
      if (method === 'POST') refuse(response, 500, 'InternalError');
      else response.writeHead(status, { 'content-type': 'application/xml' }).end(xml);
    });
    const completing = store.completeMultipart(upload, [part]);
    expect(await completing.catch(({ failure }: StorageError) => failure)).toBe(outcome);
  });

  it('leaves a storage that lists the same page of parts or uploads again and again', async () => {
    const answerOf = (url: string): string =>
      url.includes('uploadId=')
        ? '<ListPartsResult><IsTruncated>true</IsTruncated><Part><PartNumber>1</PartNumber></Part></ListPartsResult>'
        : '<ListMultipartUploadsResult><IsTruncated>true</IsTruncated><Upload><Key>key</Key><UploadId>upload</UploadId></Upload></ListMultipartUploadsResult>';
    const store = await storeAnswering(({ url = '' }, response) => {
      response.writeHead(200, { 'content-type': 'application/xml' }).end(answerOf(url));
    });
    const repeating = { name: 'StorageError', failure: 'refused' };
    await expect(store.listParts(upload)).rejects.toMatchObject(repeating);
    expect(requests).toHaveLength(2);
    const { next } = await store.listMultiparts('');
    expect(next).toEqual(upload);
    await expect(store.listMultiparts('', { after: upload })).rejects.toMatchObject(repeating);
  });

  it('gives up on an answer to a completion that begins and never ends', async () => {
    const limits = { ...DEFAULT_LIMITS, transferMs: 200 };
    const store = await storeAnswering((_, response) => {
      response.writeHead(200, { 'content-type': 'application/xml' });
      response.write('<?xml version="1.0"?> ');
    }, limits);
    await expect(store.completeMultipart(upload, [part])).rejects.toMatchObject({ failure: 'unavailable' });
  });

  it('lets a storage work in silence for as long as a transfer may take', async () => {
    const store = await storeAnswering((_, response) => response.writeHead(204).end());
    // The client makes its settings at its first call.
    await store.delete('key');
    const handler = client.config.requestHandler as { httpHandlerConfigs?(): { socketTimeout?: number } };
    expect(handler.httpHandlerConfigs?.().socketTimeout).toBeGreaterThanOrEqual(DEFAULT_LIMITS.transferMs);
  });

  it('asks again without checksums where they are not implemented', async () => {
    const store = await storeAnswering((request, response) => {
      if (request.headers['x-amz-checksum-mode']) response.writeHead(501).end();
      else
        response.writeHead(200, { etag: '"abc"', 'content-length': '7', 'content-type': 'image/png' }).end();
    });
    expect(await store.head('key')).toMatchObject({ size: 7, etag: 'abc', checksumSha256: null });
    expect(requests).toHaveLength(2);
  });

  it("does not take the sum of an upload's parts for the SHA-256 of the object", async () => {
    const store = await storeAnswering((_, response) => {
      response.writeHead(200, { etag: '"abc-2"', 'x-amz-checksum-sha256': 'c3VtIG9mIHN1bXM=-2' }).end();
    });
    expect(await store.head('key')).toMatchObject({ etag: 'abc-2', checksumSha256: null });
  });

  it('reports a body that breaks off as an error of the stream', async () => {
    const store = await storeAnswering((_, response) => tear(response));
    const stream = await store.openRead('key');
    await expect(buffer(stream)).rejects.toMatchObject({ name: 'StorageError', failure: 'unavailable' });
  });

  it('reports a range that breaks off as a failure', async () => {
    const store = await storeAnswering((_, response) => tear(response));
    await expect(store.readRange('key', 0, 10)).rejects.toMatchObject({ failure: 'unavailable' });
  });

  it('gives up a body that stops moving', async () => {
    const store = await storeAnswering(
      (_, response) => {
        response.writeHead(206, { 'content-length': '10', 'content-range': 'bytes 0-9/10' }).write('01234');
      },
      { ...DEFAULT_LIMITS, idleMs: 100 },
    );
    const stalled = { name: 'StorageError', failure: 'unavailable' };
    await expect(store.readRange('key', 0, 10)).rejects.toMatchObject(stalled);
    await expect(buffer(await store.openRead('key'))).rejects.toMatchObject(stalled);
  });

  it('waits for a reader who pauses longer than a body may stop', async () => {
    const body = Buffer.alloc(8 * 2 ** 20, 'much more than the buffers on the way hold');
    const store = await storeAnswering((_, response) => response.writeHead(200).end(body), {
      ...DEFAULT_LIMITS,
      idleMs: 50,
    });
    const stream = await store.openRead('key');
    await sleep(300);
    expect((await buffer(stream)).equals(body)).toBe(true);
  });

  it('hangs up when the reader of a stream goes away', async () => {
    let hungUp: Promise<unknown> | undefined;
    const store = await storeAnswering((_, response) => {
      hungUp = once(response, 'close');
      response.writeHead(200, { 'content-length': String(2 ** 30) });
      response.write(Buffer.alloc(65_536));
    });
    const stream = await store.openRead('key');
    stream.destroy();
    await expect(hungUp).resolves.toBeDefined();
  });

  it('keeps its connection when it has read a range', async () => {
    const store = await storeAnswering((_, response) => {
      response.writeHead(206, { 'content-length': '4', 'content-range': 'bytes 0-3/10' }).end('0123');
    });
    const connected = jest.fn();
    server.on('connection', connected);
    for (let read = 0; read < 3; read += 1) await store.readRange('key', 0, 4);
    expect(connected).toHaveBeenCalledTimes(1);
  });

  it('reads no more than was asked for from a storage that ignores ranges', async () => {
    const store = await storeAnswering((_, response) => response.writeHead(200).end('0123456789'));
    expect(String(await store.readRange('key', 0, 4))).toBe('0123');
    await expect(store.readRange('key', 4, 4)).rejects.toMatchObject({ failure: 'refused' });
  });
});
