import { createHash } from 'node:crypto';
import type { S3Request } from '../http/s3-request';
import { encodeUriPath } from '../http/uri-encoding';
import type { ClaimedSignature } from './claimed-signature';
import { scopeText } from './credential-scope';

/**
 * The text that both sides build from a request and sign (Amazon S3 API Reference, "Signature Calculations"). Characters of
 * header values stand for bytes, so hash it as latin1.
 */
export function canonicalRequest(request: S3Request, claim: ClaimedSignature): string {
  const headers = claim.signedHeaders.map(
    (name) => `${name}:${canonicalValue(request.headers.get(name) ?? '')}\n`,
  );
  return [
    request.method,
    encodeUriPath(request.path),
    request.query.canonical({ without: 'X-Amz-Signature' }),
    headers.join(''),
    claim.signedHeaders.join(';'),
    claim.payloadHash,
  ].join('\n');
}

export function stringToSign(canonical: string, claim: ClaimedSignature): string {
  const hash = createHash('sha256').update(canonical, 'latin1').digest('hex');
  return ['AWS4-HMAC-SHA256', claim.timestamp, scopeText(claim.scope), hash].join('\n');
}

const canonicalValue = (value: string): string => value.trim().replaceAll(/ +/g, ' ');
