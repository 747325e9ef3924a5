import { S3Error } from '../errors/s3-error';
import { amzHeader, type S3Request } from '../http/s3-request';
import { areEqualSignatures } from './are-equal-signatures';
import { canonicalRequest, stringToSign } from './canonical-request';
import { checkTime } from './check-time';
import type { ClaimedSignature } from './claimed-signature';
import type { Credential } from './credentials';
import { parseAuthorizationHeader } from './parse-authorization-header';
import { parsePresignedQuery } from './parse-presigned-query';
import { deriveSigningKey, sign } from './signing-key';

export interface VerifiedSignature extends ClaimedSignature {
  credential: Credential;
  /** Signs the chunks of a streamed body too. */
  signingKey: Buffer;
}

export interface Authority {
  region: string;
  /** By access key id. */
  credentials: ReadonlyMap<string, Credential>;
}

/**
 * Signature Version 4, in full. Only what is signed is believed: every header that could change what the request does has
 * to be among the signed ones, or a presigned upload could be turned into a copy (CVE-2026-54330) by adding a header.
 */
export function verifySignature(request: S3Request, authority: Authority): VerifiedSignature {
  const claim = parseClaim(request, authority.region);
  const credential = authority.credentials.get(claim.scope.accessKeyId);
  if (!credential) {
    throw new S3Error('InvalidAccessKeyId', { fields: { AWSAccessKeyId: claim.scope.accessKeyId } });
  }
  if (amzHeader(request, 'x-amz-security-token') !== undefined) throw new S3Error('InvalidToken');
  checkTime(claim, request.receivedAt);
  refuseUnsignedHeaders(request, claim);

  const signingKey = deriveSigningKey(credential.secretAccessKey, claim.scope);
  const canonical = canonicalRequest(request, claim);
  const text = stringToSign(canonical, claim);
  const isComplete = claim.signedHeaders.every((name) => request.headers.has(name));
  if (!isComplete || !areEqualSignatures(sign(signingKey, text), claim.signature)) {
    throw new S3Error('SignatureDoesNotMatch', {
      fields: {
        AWSAccessKeyId: claim.scope.accessKeyId,
        StringToSign: text,
        SignatureProvided: claim.signature,
        CanonicalRequest: canonical,
      },
    });
  }
  return { ...claim, credential, signingKey };
}

function parseClaim(request: S3Request, region: string): ClaimedSignature {
  const inHeader = request.headers.has('authorization');
  const inQuery = request.query.has('X-Amz-Algorithm') || request.query.has('X-Amz-Signature');
  if (inHeader && inQuery) {
    throw new S3Error('InvalidArgument', {
      message:
        'Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or the Authorization header should be specified',
    });
  }
  if (inHeader) return parseAuthorizationHeader(request, region);
  if (inQuery) return parsePresignedQuery(request, region);
  throw new S3Error('AccessDenied');
}

function refuseUnsignedHeaders(request: S3Request, claim: ClaimedSignature): void {
  const signed = new Set(claim.signedHeaders);
  const mustBeSigned = ['host', ...request.headers.names().filter((name) => name.startsWith('x-amz-'))];
  const unsigned = mustBeSigned.filter((name) => !signed.has(name));
  if (unsigned.length === 0) return;
  throw new S3Error('AccessDenied', {
    message: 'There were headers present in the request which were not signed',
    fields: { HeadersNotSigned: unsigned.join(', ') },
  });
}
