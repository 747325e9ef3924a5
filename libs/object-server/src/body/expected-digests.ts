import {
  CHECKSUM_ALGORITHMS,
  checksumHeader,
  DIGEST_LENGTH,
  isChecksumAlgorithm,
  type ChecksumAlgorithm,
  type DigestAlgorithm,
} from '../checksums/algorithms';
import { S3Error } from '../errors/s3-error';
import { amzHeader, type S3Request } from '../http/s3-request';

/** What the client said the body's digests are. */
export interface ExpectedDigests {
  /** Base64, from Content-MD5. */
  md5: string | null;
  /** Hex, from x-amz-content-sha256. */
  contentSha256: string | null;
  /** `value` in base64; null where it comes as a trailer. */
  checksum: { algorithm: ChecksumAlgorithm; value: string | null } | null;
}

/** Throws InvalidDigest or InvalidRequest for values that cannot be digests. */
export function readExpectedDigests(
  request: S3Request,
  { payloadHash, hasChecksum }: { payloadHash: string; hasChecksum: boolean },
): ExpectedDigests {
  const md5 = request.headers.get('content-md5') ?? null;
  if (md5 !== null && !isDigest('MD5', md5)) throw new S3Error('InvalidDigest');
  const contentSha256 = /^[0-9a-f]{64}$/i.test(payloadHash) ? payloadHash.toLowerCase() : null;
  return { md5, contentSha256, checksum: hasChecksum ? readChecksum(request) : null };
}

export const isDigest = (algorithm: DigestAlgorithm, base64: string): boolean =>
  /^[A-Za-z0-9+/]+={0,2}$/.test(base64) && Buffer.from(base64, 'base64').length === DIGEST_LENGTH[algorithm];

function readChecksum(request: S3Request): ExpectedDigests['checksum'] {
  const given = CHECKSUM_ALGORITHMS.filter(
    (algorithm) => amzHeader(request, checksumHeader(algorithm)) !== undefined,
  );
  const [algorithm] = given;
  const trailer = readTrailerAlgorithm(request);
  if (given.length + (trailer ? 1 : 0) > 1) {
    throw new S3Error('InvalidRequest', {
      message: 'Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.',
    });
  }
  if (trailer) return { algorithm: trailer, value: null };
  if (!algorithm) return refuseMissingChecksum(request);
  const value = amzHeader(request, checksumHeader(algorithm)) ?? '';
  if (!isDigest(algorithm, value)) {
    throw new S3Error('InvalidRequest', {
      message: `Value for ${checksumHeader(algorithm)} header is invalid.`,
    });
  }
  return { algorithm, value };
}

function readTrailerAlgorithm(request: S3Request): ChecksumAlgorithm | null {
  const name = amzHeader(request, 'x-amz-trailer')?.toLowerCase();
  if (name === undefined) return null;
  const algorithm = name.replace('x-amz-checksum-', '').toUpperCase();
  if (isChecksumAlgorithm(algorithm)) return algorithm;
  throw new S3Error('InvalidRequest', {
    message: 'The value specified in the x-amz-trailer header is not supported',
  });
}

/** Announcing an algorithm and sending no value is a client that believes it is protected and is not. */
function refuseMissingChecksum(request: S3Request): null {
  if (amzHeader(request, 'x-amz-sdk-checksum-algorithm') === undefined) return null;
  throw new S3Error('InvalidRequest', {
    message:
      'x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers were found.',
  });
}
