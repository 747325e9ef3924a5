import type { SlipwayErrorCode } from './error-codes.js';

/** From the global registry, so that two copies of this package in one page know each other's errors. */
const BRAND = Symbol.for('slipway.error');

export interface SlipwayErrorOptions {
  /** The same call, made again later, may succeed. */
  retryable?: boolean;
  /** Milliseconds the server asked to wait before the next try. */
  retryAfterMs?: number | undefined;
  cause?: unknown;
}

/** Everything this package rejects with. Switch on `code`. */
export class SlipwayError extends Error {
  readonly code: SlipwayErrorCode;
  readonly retryable: boolean;
  readonly retryAfterMs: number | undefined;

  constructor(code: SlipwayErrorCode, message: string, options: SlipwayErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'SlipwayError';
    this.code = code;
    this.retryable = options.retryable ?? false;
    this.retryAfterMs = options.retryAfterMs;
  }

  get [BRAND](): true {
    return true;
  }
}

/** Works where `instanceof` does not: across bundles, frames and both module systems. */
export const isSlipwayError = (error: unknown): error is SlipwayError =>
  typeof error === 'object' && error !== null && BRAND in error;
