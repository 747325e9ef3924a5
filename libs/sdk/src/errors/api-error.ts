import type { components } from '../generated/openapi.js';
import type { ApiErrorCode } from './error-codes.js';
import { isPassingStatus } from './is-passing-status.js';
import { SlipwayError } from './slipway-error.js';

type Described = components['schemas']['Problem'];

/** RFC 9457, with the members the API adds; facts such as `limit` and `used` stand beside them. A proxy's answer has none. */
export type Problem = Partial<Described> & Record<string, unknown>;

export interface ApiErrorOptions {
  retryAfterMs?: number | undefined;
  cause?: unknown;
}

/** For answers that are not the API's own, such as a proxy's. */
function codeOfStatus(status: number): ApiErrorCode {
  const known: Record<number, ApiErrorCode> = {
    401: 'unauthenticated',
    403: 'forbidden',
    404: 'not_found',
    429: 'rate_limited',
  };
  return known[status] ?? (status < 500 ? 'invalid_request' : 'internal');
}

/** Refusals that the same call may not meet again. */
const PASSING = /^(object_missing|upload_busy|idempotency_in_progress)$/;

/** The API answered, and the answer is no. A server newer than this package may answer codes it does not list. */
export class ApiError extends SlipwayError {
  declare readonly code: ApiErrorCode;
  readonly status: number;
  readonly problem: Problem;

  constructor(status: number, problem: Problem, options: ApiErrorOptions = {}) {
    const code = problem.code ?? codeOfStatus(status);
    super(code, problem.detail ?? problem.title ?? `The server answered ${status}.`, {
      ...options,
      retryable: isPassingStatus(status) || PASSING.test(code),
    });
    this.name = 'ApiError';
    this.status = status;
    this.problem = problem;
  }

  /** Faults of single fields; `field` is the wire name. */
  get errors(): NonNullable<Problem['errors']> {
    return this.problem.errors ?? [];
  }

  /** What the server's log calls this request. */
  get requestId(): string | undefined {
    return this.problem.request_id;
  }
}
