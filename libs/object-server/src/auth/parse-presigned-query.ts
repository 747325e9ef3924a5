import { S3Error } from '../errors/s3-error';
import { amzHeader, type S3Request } from '../http/s3-request';
import { parseAmzDate } from './amz-date';
import type { ClaimedSignature } from './claimed-signature';
import { findScopeFault, parseCredential } from './credential-scope';

const MAX_EXPIRES = 604_800;
const REQUIRED = [
  'X-Amz-Algorithm',
  'X-Amz-Credential',
  'X-Amz-Signature',
  'X-Amz-Date',
  'X-Amz-SignedHeaders',
  'X-Amz-Expires',
] as const;

const invalid = (message: string, fields?: Record<string, string>): S3Error =>
  new S3Error('AuthorizationQueryParametersError', { message, ...(fields && { fields }) });

/** Signature Version 4 in the query: a presigned URL. */
export function parsePresignedQuery(request: S3Request, region: string): ClaimedSignature {
  const [algorithm, credential, signature, timestamp, signedHeaders, expires] = REQUIRED.map((name) =>
    request.query.get(name),
  );
  if (!algorithm || !credential || !signature || !timestamp || !signedHeaders || !expires) {
    throw invalid(
      'Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.',
    );
  }
  if (algorithm !== 'AWS4-HMAC-SHA256') throw invalid('X-Amz-Algorithm only supports "AWS4-HMAC-SHA256"');
  const scope = parseCredential(credential);
  if (!scope) {
    throw invalid(
      'Error parsing the X-Amz-Credential parameter; the Credential is mal-formed; expecting "<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request".',
    );
  }
  const signedAt = parseAmzDate(timestamp);
  if (!signedAt) throw invalid("X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"");
  const fault = findScopeFault(scope, { day: timestamp.slice(0, 8), region });
  if (fault) throw invalid(`Error parsing the X-Amz-Credential parameter; ${fault.message}`, fault.fields);
  return {
    source: 'query',
    scope,
    signedHeaders: signedHeaders.toLowerCase().split(';'),
    signature,
    timestamp,
    signedAt,
    expiresIn: parseExpires(expires),
    payloadHash: amzHeader(request, 'x-amz-content-sha256') ?? 'UNSIGNED-PAYLOAD',
  };
}

function parseExpires(text: string): number {
  if (!/^-?\d+$/.test(text)) throw invalid('X-Amz-Expires should be a number');
  const seconds = Number(text);
  if (seconds < 1) throw invalid('X-Amz-Expires must be non-negative');
  if (seconds > MAX_EXPIRES) {
    throw invalid(
      `X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than ${MAX_EXPIRES} seconds`,
    );
  }
  return seconds;
}
