/** Closed list, documented in docs/ERRORS.md and exported by the SDK. */
export const ERROR_CODES = [
  'invalid_request',
  'unauthenticated',
  'invalid_credentials',
  'refresh_reused',
  'password_required',
  'wrong_password',
  'email_taken',
  'forbidden',
  'account_suspended',
  'email_unverified',
  'origin_refused',
  'asset_withheld',
  'not_found',
  'rate_limited',
  'too_many_attempts',
  'project_archived',
  'last_owner',
  'already_member',
  'slug_taken',
  'tier_in_use',
  'asset_busy',
  'link_invalid',
  'share_expired',
  'share_exhausted',
  'host_not_allowed',
  'import_failed',
  'file_too_large',
  'quota_exceeded',
  'object_missing',
  'upload_busy',
  'idempotency_in_progress',
  'upload_completed',
  'upload_expired',
  'upload_cancelled',
  'size_mismatch',
  'type_mismatch',
  'checksum_mismatch',
  'content_mismatch',
  'idempotency_key_reused',
  'issuer_unavailable',
  'storage_unavailable',
  'database_unavailable',
  'internal',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/** One fault of one field of the input; `field` is the wire name. */
export interface FieldError {
  field: string;
  message: string;
}

export interface DomainErrorOptions {
  /** Extra members of the problem document, such as `used` and `limit`. */
  facts?: Record<string, string | number>;
  errors?: FieldError[];
  /** Seconds after which the same call may succeed. */
  retryAfter?: number;
  cause?: unknown;
}

/** A coded failure that knows nothing of HTTP; one filter maps it to a problem document. */
export class DomainError extends Error {
  readonly facts: Record<string, string | number>;
  readonly errors: FieldError[] | undefined;
  readonly retryAfter: number | undefined;

  constructor(
    readonly code: ErrorCode,
    message: string,
    options: DomainErrorOptions = {},
  ) {
    super(message, { cause: options.cause });
    this.name = 'DomainError';
    this.facts = options.facts ?? {};
    this.errors = options.errors;
    this.retryAfter = options.retryAfter;
  }
}
