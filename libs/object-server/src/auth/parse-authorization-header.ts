import { S3Error } from '../errors/s3-error';
import type { S3Request } from '../http/s3-request';
import { parseAmzDate, formatAmzDate } from './amz-date';
import type { ClaimedSignature } from './claimed-signature';
import { findScopeFault, parseCredential } from './credential-scope';

const ALGORITHM = 'AWS4-HMAC-SHA256';

const malformed = (reason: string, fields?: Record<string, string>): S3Error =>
  new S3Error('AuthorizationHeaderMalformed', {
    message: `The authorization header is malformed; ${reason}`,
    ...(fields && { fields }),
  });

/** Signature Version 4 in the Authorization header. */
export function parseAuthorizationHeader(request: S3Request, region: string): ClaimedSignature {
  const header = request.headers.get('authorization') ?? '';
  if (!header.startsWith(`${ALGORITHM} `)) {
    throw new S3Error('InvalidRequest', {
      message: 'The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.',
    });
  }
  const fields = parseFields(header.slice(ALGORITHM.length));
  const scope = parseCredential(fields.get('Credential') ?? '');
  const signature = fields.get('Signature');
  const signedHeaders = fields.get('SignedHeaders');
  if (!scope)
    throw malformed(
      'the Credential is mal-formed; expecting "<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request".',
    );
  if (!signature || !signedHeaders)
    throw malformed(
      'the authorization header requires three components: Credential, SignedHeaders, and Signature.',
    );

  const signedAt = readDate(request);
  const timestamp = formatAmzDate(signedAt);
  const fault = findScopeFault(scope, { day: timestamp.slice(0, 8), region });
  if (fault) throw malformed(fault.message, fault.fields);

  const payloadHash = request.headers.get('x-amz-content-sha256');
  if (payloadHash === undefined) {
    throw new S3Error('InvalidRequest', {
      message: 'Missing required header for this request: x-amz-content-sha256',
    });
  }
  return {
    source: 'header',
    scope,
    signedHeaders: signedHeaders.toLowerCase().split(';'),
    signature,
    timestamp,
    signedAt,
    expiresIn: null,
    payloadHash,
  };
}

function parseFields(text: string): Map<string, string> {
  const pairs = text.split(',').map((part) => part.trim().split('='));
  return new Map(pairs.map(([name = '', ...value]) => [name, value.join('=')]));
}

function readDate(request: S3Request): Date {
  const amzDate = request.headers.get('x-amz-date');
  const date = amzDate === undefined ? new Date(request.headers.get('date') ?? '') : parseAmzDate(amzDate);
  if (date && !Number.isNaN(date.getTime())) return date;
  throw new S3Error('AccessDenied', {
    message: 'AWS authentication requires a valid Date or x-amz-date header',
  });
}
