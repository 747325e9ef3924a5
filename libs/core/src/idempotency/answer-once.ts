import type { KeyObject } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Deps } from '../shared/deps';
import { DomainError } from '../shared/errors';
import { claimKey, keepAnswer, type KeyClaim, readEarlierCall, releaseKey } from './key-store';
import { type Answer, type KeyedCall, SealedCall } from './sealed-call';

export interface Work {
  perform(): Promise<Answer>;
  /** What became of the key could not be written down; the answer is given all the same. */
  onUnrecorded: (error: unknown) => void;
}

export interface GivenAnswer {
  answer: Answer;
  /** True for the answer of an earlier call. */
  replayed: boolean;
}

/** Before each look; about five seconds in all: most calls under way are over by then. */
const PAUSES_MS = [0, 20, 40, 80, 160, 320, 640, 1_280, 2_560];
const RETRY_AFTER_SECONDS = 1;

/**
 * Carries a call out, or gives the answer of the earlier call with the same key. Waits for one that is under way.
 * Only successes are kept: a failure changed nothing, and doing it again may succeed.
 * Fails with `idempotency_key_reused` or `idempotency_in_progress`, or as the work does.
 */
export async function answerOnce(
  call: KeyedCall,
  work: Work,
  deps: Pick<Deps, 'db' | 'clock'> & { secret: KeyObject },
): Promise<GivenAnswer> {
  const sealed = new SealedCall(call, deps.secret);
  for (const pause of PAUSES_MS) {
    if (pause > 0) await sleep(pause);
    const claim = await claimKey(deps.db, sealed, deps.clock.now());
    if (claim) return { answer: await performClaimed(claim, work, deps), replayed: false };
    const answer = await earlierAnswer(sealed, deps);
    if (answer) return { answer, replayed: true };
  }
  throw new DomainError('idempotency_in_progress', 'A call with this Idempotency-Key is still under way.', {
    retryAfter: RETRY_AFTER_SECONDS,
  });
}

async function earlierAnswer(call: SealedCall, { db }: Pick<Deps, 'db'>): Promise<Answer | null> {
  const earlier = await readEarlierCall(db, call);
  if (!earlier || earlier.request.equals(call.request)) return earlier?.answer ?? null;
  throw new DomainError('idempotency_key_reused', 'This Idempotency-Key was used for another request.');
}

const isSuccess = ({ status }: Answer): boolean => status >= 200 && status < 300;

async function performClaimed(claim: KeyClaim, work: Work, { db }: Pick<Deps, 'db'>): Promise<Answer> {
  let answer: Answer;
  try {
    answer = await work.perform();
  } catch (error) {
    await releaseKey(db, claim).catch(work.onUnrecorded);
    throw error;
  }
  // Nobody may be refused what was done; without a record the claim lapses.
  const recorded = isSuccess(answer) ? keepAnswer(db, claim, answer) : releaseKey(db, claim);
  await recorded.catch(work.onUnrecorded);
  return answer;
}
