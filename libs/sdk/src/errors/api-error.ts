import type { ApiErrorCode } from './error-codes.js';
import { SlipwayError } from './slipway-error.js';

/** RFC 9457, with the members the API adds; facts such as `limit` and `used` stand beside them. */
export interface Problem {
  type?: string;
  title?: string;
  status?: number;
  detail?: string;
  instance?: string;
  code?: ApiErrorCode;
  errors?: { field: string; message: string }[];
  request_id?: string;
  [fact: string]: unknown;
}

export interface ApiErrorOptions {
  retryAfterMs?: number | undefined;
  cause?: unknown;
}

const CODE_OF_STATUS: Record<number, ApiErrorCode> = {
  400: 'invalid_request',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not_found',
  413: 'file_too_large',
  422: 'invalid_request',
  429: 'rate_limited',
};

const isPassing = (status: number, code: ApiErrorCode): boolean =>
  status === 408 || status === 429 || status >= 500 || code === 'object_missing' || code === 'upload_busy';

/** The API answered, and the answer is no. A server newer than this package may answer codes it does not list. */
export class ApiError extends SlipwayError {
  declare readonly code: ApiErrorCode;
  readonly status: number;
  readonly problem: Problem;

  constructor(status: number, problem: Problem, options: ApiErrorOptions = {}) {
    const code = problem.code ?? CODE_OF_STATUS[status] ?? 'internal';
    super(code, problem.detail ?? problem.title ?? `The server answered ${status}.`, {
      ...options,
      retryable: isPassing(status, code),
    });
    this.name = 'ApiError';
    this.status = status;
    this.problem = problem;
  }

  /** Faults of single fields; `field` is the wire name. */
  get errors(): { field: string; message: string }[] {
    return this.problem.errors ?? [];
  }

  /** What the server's log calls this request. */
  get requestId(): string | undefined {
    return this.problem.request_id;
  }
}
