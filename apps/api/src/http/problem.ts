import { ApiProperty } from '@nestjs/swagger';
import { DomainError, ERROR_CODES, type ErrorCode } from '@slipway/core/shared/errors';

export class ProblemField {
  @ApiProperty({ example: 'file_size' })
  field: string;

  @ApiProperty({ example: 'must be at least 1 byte' })
  message: string;
}

/** RFC 9457, as `application/problem+json`. */
export class Problem {
  @ApiProperty({ example: 'urn:slipway:error:quota_exceeded' })
  type: string;

  @ApiProperty({ example: 'Quota exceeded' })
  title: string;

  @ApiProperty({ example: 413 })
  status: number;

  @ApiProperty({ example: 'The storage of this account is full for a file of this size.' })
  detail: string;

  @ApiProperty({ description: 'Path of the call', example: '/api/assets/upload-url' })
  instance: string;

  @ApiProperty({ enum: ERROR_CODES, enumName: 'ErrorCode' })
  code: ErrorCode;

  @ApiProperty()
  request_id: string;

  @ApiProperty({ type: [ProblemField], required: false })
  errors?: ProblemField[];
}

const STATUS: Record<ErrorCode, number> = {
  invalid_request: 400,
  unauthenticated: 401,
  invalid_credentials: 401,
  refresh_reused: 401,
  password_required: 401,
  wrong_password: 401,
  forbidden: 403,
  account_suspended: 403,
  email_unverified: 403,
  origin_refused: 403,
  asset_withheld: 403,
  not_found: 404,
  email_taken: 409,
  object_missing: 409,
  upload_busy: 409,
  idempotency_in_progress: 409,
  upload_completed: 409,
  project_archived: 409,
  last_owner: 409,
  already_member: 409,
  slug_taken: 409,
  tier_in_use: 409,
  asset_busy: 409,
  link_invalid: 410,
  share_expired: 410,
  share_exhausted: 410,
  upload_expired: 410,
  upload_cancelled: 410,
  file_too_large: 413,
  quota_exceeded: 413,
  size_mismatch: 422,
  type_mismatch: 422,
  checksum_mismatch: 422,
  content_mismatch: 422,
  idempotency_key_reused: 422,
  host_not_allowed: 422,
  import_failed: 422,
  rate_limited: 429,
  too_many_attempts: 429,
  internal: 500,
  issuer_unavailable: 503,
  storage_unavailable: 503,
  database_unavailable: 503,
};

export const statusOf = (code: ErrorCode): number => STATUS[code];

/** `quota_exceeded` → `Quota exceeded` */
const titleOf = (code: ErrorCode): string =>
  code.charAt(0).toUpperCase() + code.slice(1).replaceAll('_', ' ');

export function toProblem(
  error: DomainError,
  call: { instance: string; requestId: string; status?: number },
): Problem {
  return {
    ...error.facts,
    type: `urn:slipway:error:${error.code}`,
    title: titleOf(error.code),
    status: call.status ?? statusOf(error.code),
    detail: error.message,
    instance: call.instance,
    code: error.code,
    request_id: call.requestId,
    ...(error.errors && { errors: error.errors }),
  };
}
