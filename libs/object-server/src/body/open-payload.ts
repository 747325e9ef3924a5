import type { VerifiedSignature } from '../auth/verify-signature';
import { S3Error } from '../errors/s3-error';
import type { Throttle } from '../throttle/throttle';
import { amzHeader, type S3Request } from '../http/s3-request';
import { ChunkSigner } from './chunk-signer';
import { decodeAwsChunked } from './decode-aws-chunked';
import { readExpectedDigests } from './expected-digests';
import { Payload } from './payload';

/** The aws-chunked forms of x-amz-content-sha256, and whether their chunks are signed. */
const STREAMING: Record<string, { isSigned: boolean }> = {
  'STREAMING-UNSIGNED-PAYLOAD-TRAILER': { isSigned: false },
  'STREAMING-AWS4-HMAC-SHA256-PAYLOAD': { isSigned: true },
  'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER': { isSigned: true },
};

export interface PayloadOptions {
  /** Called when the first byte is wanted: only then may a client that waits for "100 Continue" be told to go on. */
  onRead: () => void;
  /** False where x-amz-checksum-… headers speak of something other than this body. */
  hasChecksum: boolean;
  /** Slows the body down to the speed of a line; null for none. */
  throttle: Throttle | null;
}

export function openPayload(
  request: S3Request,
  signature: VerifiedSignature,
  options: PayloadOptions,
): Payload {
  const { payloadHash } = signature;
  const streaming = STREAMING[payloadHash];
  if (!streaming && payloadHash !== 'UNSIGNED-PAYLOAD' && !/^[0-9a-f]{64}$/i.test(payloadHash)) {
    throw new S3Error('InvalidArgument', {
      message:
        'x-amz-content-sha256 must be UNSIGNED-PAYLOAD, a STREAMING-… form that is supported, or a valid sha256 value.',
    });
  }
  const expected = readExpectedDigests(request, { payloadHash, hasChecksum: options.hasChecksum });
  const trailers = new Map<string, string>();
  const incoming = readIncoming(request, options.onRead);
  const raw = options.throttle?.slow(incoming) ?? incoming;
  if (!streaming)
    return new Payload({ chunks: raw, length: readLength(request, 'content-length'), trailers, expected });
  const signer = streaming.isSigned ? new ChunkSigner(signature) : null;
  return new Payload({
    chunks: decodeAwsChunked(raw, { signer, trailers }),
    length: readLength(request, 'x-amz-decoded-content-length'),
    trailers,
    expected,
  });
}

/** Leaves the connection open when reading stops early, so that the refusal can still be sent on it. */
async function* readIncoming({ incoming }: S3Request, onRead: () => void): AsyncGenerator<Buffer> {
  onRead();
  yield* incoming.iterator({ destroyOnReturn: false });
}

function readLength(request: S3Request, header: string): number | null {
  const text = amzHeader(request, header);
  if (text === undefined) return null;
  if (!/^\d{1,15}$/.test(text)) throw new S3Error('InvalidArgument', { message: `Invalid ${header}` });
  return Number(text);
}
