import type { CorsRule, CrossOriginRequest } from './cors-rules';

/** What the browser is told when a rule allows the request. */
export function corsHeaders(rule: CorsRule, { origin, headers }: CrossOriginRequest): Record<string, string> {
  const isForAnyone = rule.allowedOrigins.includes('*');
  return {
    'access-control-allow-origin': isForAnyone ? '*' : origin,
    'access-control-allow-methods': rule.allowedMethods.join(', '),
    ...(headers.length > 0 && { 'access-control-allow-headers': headers.join(', ') }),
    ...(rule.exposedHeaders.length > 0 && {
      'access-control-expose-headers': rule.exposedHeaders.join(', '),
    }),
    ...(rule.maxAge !== undefined && { 'access-control-max-age': String(rule.maxAge) }),
    ...(!isForAnyone && { 'access-control-allow-credentials': 'true' }),
    // Caches must not hand the answer for one origin to another one.
    vary: 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method',
  };
}
