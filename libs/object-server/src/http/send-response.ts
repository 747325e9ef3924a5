import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Exchange } from './exchange';
import type { S3Response } from './s3-response';

const LINGER_MS = 30_000;

/** Rejects when the client is gone or an object breaks off; an answer that has begun is then cut off, never made up. */
export async function sendResponse(exchange: Exchange, response: S3Response): Promise<void> {
  const { incoming, outgoing } = exchange;
  try {
    const body = writeHead(exchange, response);
    if (response.stream) await pipeline(Readable.from(response.stream, { objectMode: false }), outgoing);
    else outgoing.end(body);
    readToEnd(incoming);
  } finally {
    await response.release?.();
  }
}

/** Returns the body, where it is a document. */
function writeHead(exchange: Exchange, { status, headers = {}, xml }: S3Response): string | undefined {
  const { outgoing, incoming } = exchange;
  exchange.addHeaders(headers);
  outgoing.statusCode = status;
  // A body that was never asked for will never come, and the next request must not be taken for it.
  if (exchange.isBodyUnasked) outgoing.setHeader('connection', 'close');
  if (xml !== undefined) outgoing.setHeader('content-type', 'application/xml');
  if (incoming.method === 'HEAD') return undefined;
  const mayHaveBody = status !== 204 && status !== 304;
  if (mayHaveBody && headers['content-length'] === undefined) {
    outgoing.setHeader('content-length', Buffer.byteLength(xml ?? ''));
  }
  return xml;
}

/**
 * A refused upload is still being sent. Closing now would reset the connection, and a browser would report a network error
 * instead of the refusal: so what comes is read and dropped, for a while.
 */
function readToEnd(incoming: IncomingMessage): void {
  if (incoming.complete) return;
  incoming.resume();
  const timer = setTimeout(() => incoming.destroy(), LINGER_MS).unref();
  incoming.once('close', () => clearTimeout(timer));
}
