/** One rule of a bucket's CORS configuration. */
export interface CorsRule {
  readonly id?: string;
  readonly allowedOrigins: readonly string[];
  readonly allowedMethods: readonly string[];
  readonly allowedHeaders: readonly string[];
  readonly exposedHeaders: readonly string[];
  /** Seconds. */
  readonly maxAge?: number;
}

export interface CorsConfiguration {
  readonly rules: readonly CorsRule[];
}

export interface CrossOriginRequest {
  origin: string;
  method: string;
  /** Lower case. */
  headers: readonly string[];
}

/** The first rule that allows the request, as S3 picks it. */
export const findCorsRule = (rules: readonly CorsRule[], request: CrossOriginRequest): CorsRule | undefined =>
  rules.find(
    (rule) =>
      rule.allowedMethods.includes(request.method) &&
      rule.allowedOrigins.some((pattern) => matches(pattern, request.origin)) &&
      request.headers.every((header) =>
        rule.allowedHeaders.some((pattern) => matches(pattern.toLowerCase(), header)),
      ),
  );

/** `*` stands for any text and may be there once. */
function matches(pattern: string, text: string): boolean {
  const star = pattern.indexOf('*');
  if (star === -1) return pattern === text;
  const before = pattern.slice(0, star);
  const behind = pattern.slice(star + 1);
  return text.length >= before.length + behind.length && text.startsWith(before) && text.endsWith(behind);
}
