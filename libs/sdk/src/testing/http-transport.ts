import { once } from 'node:events';
import { request as open, type IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { NetworkError } from '../errors/network-error.js';
import type { PutRequest, PutResponse, Transport } from '../upload/transport.js';
import { readBody } from './read-body.js';

/** A transport over real sockets that tells its progress, as XMLHttpRequest does in a browser. */
export const httpTransport: Transport = {
  reportsProgress: true,
  async put(put) {
    try {
      return await exchange(put);
    } catch (cause) {
      throw new NetworkError('The connection failed.', { cause });
    }
  },
};

async function exchange({
  url,
  headers,
  body,
  signal,
  onProgress,
  onSent,
}: PutRequest): Promise<PutResponse> {
  const call = open(url, { method: 'PUT', headers: { ...headers, 'content-length': body.size }, signal });
  const answered = once(call, 'response') as Promise<[IncomingMessage]>;
  answered.catch(() => {});
  let loaded = 0;
  async function* counted(source: AsyncIterable<Buffer>) {
    for await (const chunk of source) {
      yield chunk;
      loaded += chunk.length;
      onProgress(loaded);
    }
  }
  const sent = pipeline(Readable.fromWeb(body.stream() as ReadableStream), counted, call).then(onSent);
  // A refusal may come before the body is through.
  await Promise.race([sent, answered]);
  sent.catch(() => {});
  const [response] = await answered;
  const text = (await readBody(response)).toString();
  const header = (name: string) => (response.headers[name] as string | undefined) ?? null;
  return { status: response.statusCode ?? 0, header, body: text };
}
