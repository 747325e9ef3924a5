import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBody } from './read-body.js';
import { refuse } from './refuse.js';

export interface SignedPut {
  size: number;
  contentType: string;
  checksum: string | undefined;
  expiresAt: number;
}

/** The storage's half of an upload: admits what was signed and nothing else, in S3's words. */
export class FakeStorage {
  readonly signed = new Map<string, SignedPut>();
  readonly objects = new Map<string, Buffer>();

  async put(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request);
    const key = new URL(request.url ?? '', 'http://localhost').pathname;
    const signed = this.signed.get(key);
    if (!signed || signed.expiresAt < Date.now())
      return refuse(response, 'AccessDenied', 'Request has expired');
    if (!isAsSigned(request, signed)) return refuse(response, 'SignatureDoesNotMatch');
    const digest = createHash('sha256').update(body).digest('base64');
    if (signed.checksum !== undefined && signed.checksum !== digest) return refuse(response, 'BadDigest');
    this.objects.set(key, body);
    response.writeHead(200, { etag: '"etag"' }).end();
  }
}

function isAsSigned({ headers }: IncomingMessage, signed: SignedPut): boolean {
  return (
    headers['content-length'] === String(signed.size) &&
    headers['content-type'] === signed.contentType &&
    headers['x-amz-checksum-sha256'] === signed.checksum &&
    headers.authorization === undefined
  );
}
