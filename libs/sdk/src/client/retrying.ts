import { isSlipwayError, type SlipwayError } from '../errors/slipway-error.js';
import { seemsOffline, sleep } from './sleep.js';

export interface RetryPolicy {
  /** Tries in all, the first included. */
  attempts: number;
  baseMs: number;
  maxMs: number;
  /** Gives up when the server asks for a longer wait than this. */
  patienceMs: number;
  /** While the device says that it is offline, tries do not count: they cost nothing, and a laptop may sleep. */
  waitsOffline?: boolean;
}

export interface RetryNotice {
  /** The try that failed, from 0. */
  attempt: number;
  delayMs: number;
  error: SlipwayError;
}

export interface RetryOptions {
  policy: RetryPolicy;
  signal?: AbortSignal | undefined;
  mayRetry?: (error: SlipwayError) => boolean;
  onRetry?: (notice: RetryNotice) => void;
}

/**
 * Full jitter: between nothing and the exponential step, so that clients cut off together do not come back together.
 * https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export function backoffMs(
  attempt: number,
  policy: Pick<RetryPolicy, 'baseMs' | 'maxMs'>,
  random = Math.random,
): number {
  return random() * Math.min(policy.maxMs, policy.baseMs * 2 ** attempt);
}

/** Repeats while the failure is a passing one; never sooner than the server asked for. */
export async function retrying<T>(
  operation: (attempt: number) => Promise<T>,
  options: RetryOptions,
): Promise<T> {
  const { policy, signal, mayRetry = (error) => error.retryable, onRetry } = options;
  for (let attempt = 0; ;) {
    try {
      return await operation(attempt);
    } catch (error) {
      if (!isSlipwayError(error) || attempt + 1 >= policy.attempts || !mayRetry(error)) throw error;
      const asked = error.retryAfterMs ?? 0;
      if (asked > policy.patienceMs) throw error;
      const delayMs = Math.max(asked, backoffMs(attempt, policy));
      onRetry?.({ attempt, delayMs, error });
      if (!policy.waitsOffline || !seemsOffline()) attempt += 1;
      await sleep(delayMs, signal);
    }
  }
}
