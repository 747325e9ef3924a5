/**
 * - `unavailable`: no answer, 5xx, throttled or timed out; the same call may pass later.
 * - `not_found`: no such object or bucket.
 * - `precondition_failed`: a condition such as `ifSourceMatch` did not hold.
 * - `refused`: the storage will not do it for this key, bucket or region; trying again changes nothing.
 */
export type StorageFailure = 'unavailable' | 'not_found' | 'precondition_failed' | 'refused';

export class StorageError extends Error {
  constructor(
    readonly failure: StorageFailure,
    message: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
    this.name = 'StorageError';
  }
}

/** Whether `error` is the storage's, and one of these. */
export const failedBy = (error: unknown, ...failures: StorageFailure[]): error is StorageError =>
  error instanceof StorageError && failures.includes(error.failure);
