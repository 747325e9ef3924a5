import type { IncomingHttpHeaders } from 'node:http';
import { S3Error } from '../errors/s3-error';
import type { Buckets } from '../store/buckets';
import { corsHeaders } from './cors-headers';
import { findCorsRule, type CorsRule, type CrossOriginRequest } from './cors-rules';

interface Visit {
  bucket: string;
  method: string;
  headers: IncomingHttpHeaders;
}

const rulesOf = (buckets: Buckets, bucket: string): readonly CorsRule[] =>
  buckets.configuration(bucket, 'cors')?.rules ?? [];

/** Headers for the answer to an ordinary request, refusals included: without them a browser would hide the reason. */
export function headersForOrigin(
  buckets: Buckets,
  { bucket, method, headers }: Visit,
): Record<string, string> {
  if (headers.origin === undefined) return {};
  const request: CrossOriginRequest = { origin: headers.origin, method, headers: [] };
  const rule = findCorsRule(rulesOf(buckets, bucket), request);
  return rule ? corsHeaders(rule, request) : {};
}

/**
 * Headers for the answer to a preflight, which carries no signature. Throws BadRequest or AccessForbidden.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/RESTOPTIONSobject.html
 */
export function answerPreflight(buckets: Buckets, { bucket, headers }: Visit): Record<string, string> {
  const method = headers['access-control-request-method'];
  if (headers.origin === undefined) {
    throw new S3Error('BadRequest', { message: 'Insufficient information. Origin request header needed.' });
  }
  if (method === undefined) {
    throw new S3Error('BadRequest', { message: 'Invalid Access-Control-Request-Method: null' });
  }
  buckets.require(bucket);
  const rules = rulesOf(buckets, bucket);
  if (rules.length === 0) {
    throw new S3Error('AccessForbidden', { message: 'CORSResponse: CORS is not enabled for this bucket.' });
  }
  const request = {
    origin: headers.origin,
    method,
    headers: splitNames(headers['access-control-request-headers']),
  };
  const rule = findCorsRule(rules, request);
  if (!rule) {
    throw new S3Error('AccessForbidden', {
      message:
        "CORSResponse: This CORS request is not allowed. This is usually because the evalution of Origin, request method / Access-Control-Request-Method or Access-Control-Request-Headers are not whitelisted by the resource's CORS spec.",
      fields: { Method: method, ResourceType: 'OBJECT' },
    });
  }
  return corsHeaders(rule, request);
}

const splitNames = (header = ''): string[] =>
  header
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '');
