import { backoffMs, type RetryPolicy } from '../../client/retrying.js';
import { isSlipwayError } from '../../errors/slipway-error.js';
import type { Part } from './part.js';
import type { Retry } from './part-pipeline.js';

/** Refusals of one part, without any part arriving between them, after which new URLs are seen not to help. */
const MAX_REFUSALS = 2;
/** Failures of a part after which it is sent from memory: Safari can hang on a body that lies in a file. */
export const COPY_AFTER_FAILURES = 2;

export interface RetryCircumstances {
  policy: RetryPolicy;
  /** Parts that the upload has sent so far; a failure counts only until the next one arrives. */
  progress: number;
  offline: boolean;
}

/** Decides what follows a failed PUT, and counts it. Throws the error when the part is not to be sent again. */
export function retryPart(
  part: Part,
  error: unknown,
  { policy, progress, offline }: RetryCircumstances,
): Retry {
  if (!isSlipwayError(error)) throw error;
  if (part.recent.progress !== progress) part.recent = { failures: 0, refusals: 0, progress };
  const { recent } = part;
  const refused = error.code === 'upload_expired' && recent.refusals < MAX_REFUSALS;
  const mismatched = error.code === 'checksum_mismatch' && !part.mismatched;
  const asked = error.retryAfterMs ?? 0;
  const mayRetry = (error.retryable && asked <= policy.patienceMs) || refused || mismatched;
  if (!mayRetry || recent.failures + 1 >= policy.attempts) throw error;
  const delayMs = Math.max(asked, backoffMs(recent.failures, policy));
  part.url = null;
  part.failures += 1;
  part.mismatched ||= mismatched;
  recent.refusals += refused ? 1 : 0;
  recent.failures += offline ? 0 : 1;
  return { delayMs, reread: part.mismatched || part.failures >= COPY_AFTER_FAILURES };
}
