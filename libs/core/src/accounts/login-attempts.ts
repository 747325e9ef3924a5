const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const DAY_MS = 24 * 60 * MINUTE_MS;

/**
 * What failures are counted against: an address of an account from one block of network addresses; that address from
 * anywhere; that block, whomever it tries.
 */
export const SUBJECTS = ['pair', 'account', 'block'] as const;
export type Subject = (typeof SUBJECTS)[number];

export interface Attempts {
  failures: number;
  lastFailedAt: Date | null;
  lockedUntil: Date | null;
  /** When the right password was last shown; of pairs only. */
  succeededAt: Date | null;
}

export const NO_ATTEMPTS: Attempts = {
  failures: 0,
  lastFailedAt: null,
  lockedUntil: null,
  succeededAt: null,
};

/** From so many failures on there are waits; one failure is forgotten every so often. */
export const LIMITS: Record<Subject, { free: number; forgetMs: number }> = {
  pair: { free: 5, forgetMs: 60 * MINUTE_MS },
  account: { free: 100, forgetMs: 5 * MINUTE_MS },
  block: { free: 100, forgetMs: MINUTE_MS },
};

const FIRST_WAIT_MS = 30 * SECOND_MS;
const LONGEST_WAIT_MS = 15 * MINUTE_MS;

/** Whoever has signed in from somewhere is let in there again, however much is guessed elsewhere. */
const TRUST_MS = 90 * DAY_MS;

const isTrusted = ({ succeededAt }: Attempts, now: Date): boolean =>
  succeededAt !== null && now.getTime() - succeededAt.getTime() < TRUST_MS;

function remembered({ failures, lastFailedAt }: Attempts, subject: Subject, now: Date): number {
  if (lastFailedAt === null) return 0;
  const forgotten = Math.floor((now.getTime() - lastFailedAt.getTime()) / LIMITS[subject].forgetMs);
  return Math.max(0, failures - forgotten);
}

function waitAfter(failures: number, subject: Subject): number {
  const over = failures - LIMITS[subject].free;
  return over < 0 ? 0 : Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** over);
}

function countFailure(attempts: Attempts, subject: Subject, now: Date): Attempts {
  const failures = remembered(attempts, subject, now) + 1;
  const wait = waitAfter(failures, subject);
  return {
    failures,
    lastFailedAt: now,
    lockedUntil: wait === 0 ? null : new Date(now.getTime() + wait),
    succeededAt: attempts.succeededAt,
  };
}

const waitLeft = ({ lockedUntil }: Attempts, now: Date): number =>
  lockedUntil === null ? 0 : lockedUntil.getTime() - now.getTime();

/** `next` has what changes; as if the attempt failed, since it is counted before the password is looked at. */
export type Decision =
  | { allowed: true; next: Partial<Record<Subject, Attempts>> }
  | { allowed: false; retryAfter: number };

/** Whether a password may be tried now. `retryAfter` is in seconds. */
export function decideAttempt(known: Record<Subject, Attempts>, now: Date): Decision {
  const held = isTrusted(known.pair, now) ? (['pair'] as const) : SUBJECTS;
  const wait = Math.max(...held.map((subject) => waitLeft(known[subject], now)));
  if (wait > 0) return { allowed: false, retryAfter: Math.ceil(wait / SECOND_MS) };
  const next = held.map((subject) => [subject, countFailure(known[subject], subject, now)]);
  return { allowed: true, next: Object.fromEntries(next) as Partial<Record<Subject, Attempts>> };
}

/** When a row tells nothing any more. */
export function expiryOfAttempts(
  { failures, succeededAt }: Pick<Attempts, 'failures' | 'succeededAt'>,
  subject: Subject,
  now: Date,
): Date {
  const trustEnds = succeededAt === null ? 0 : succeededAt.getTime() + TRUST_MS;
  const failuresEnd = now.getTime() + failures * LIMITS[subject].forgetMs + LONGEST_WAIT_MS;
  return new Date(Math.max(trustEnds, failuresEnd));
}
