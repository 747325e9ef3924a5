import { createHash } from 'node:crypto';
import { inTransaction } from '@slipway/platform/db/database';
import type { EntityManager } from 'typeorm';
import type { Deps } from '../shared/deps';
import { DomainError } from '../shared/errors';
import {
  type Attempts,
  decideAttempt,
  expiryOfAttempts,
  LIMITS,
  NO_ATTEMPTS,
  type Subject,
  SUBJECTS,
} from './login-attempts';

/** Who tries the password of whom. */
export interface Guess {
  /** Of the account; counted alike where there is none. */
  email: string;
  /** What the caller has of network addresses. */
  addressBlock: string;
}

/** An attempt that is counted as a failure so far. */
export interface TakenAttempt {
  guess: Guess;
  counted: readonly Subject[];
}

/** Hashed: people type passwords where addresses belong, and whom they are is nobody's business here. */
function subjectsOf({ email, addressBlock }: Guess): Record<Subject, Buffer> {
  const hashOf = (...parts: string[]): Buffer => createHash('sha256').update(JSON.stringify(parts)).digest();
  const account = email.toLowerCase();
  return {
    pair: hashOf('pair', account, addressBlock),
    account: hashOf('account', account),
    block: hashOf('block', addressBlock),
  };
}

// Sorted wherever rows are locked, so that two who lock the same ones never wait for each other.
const ADD = `
  insert into login_attempts (subject, expires_at)
  select subject, $2 from unnest($1::bytea[]) as subject order by subject
  on conflict (subject) do nothing`;

const LOCK = `
  select subject, failures, last_failed_at as "lastFailedAt", locked_until as "lockedUntil",
         succeeded_at as "succeededAt"
    from login_attempts where subject = any ($1::bytea[]) order by subject for update`;

const COUNT = `
  update login_attempts set failures = $2, last_failed_at = $3, locked_until = $4, expires_at = $5
   where subject = $1`;

/**
 * Counts the attempt as a failure before the password is looked at, so that of a thousand at once only as many are tried
 * as may be; `clearAttempts` takes it back. Fails with `too_many_attempts`, and counts nothing then.
 */
export function takeAttempt(guess: Guess, { db, clock }: Pick<Deps, 'db' | 'clock'>): Promise<TakenAttempt> {
  const subjects = subjectsOf(guess);
  const now = clock.now();
  return inTransaction(db, async (tx) => {
    const decision = decideAttempt(await lockRows(tx, subjects, now), now);
    if (!decision.allowed) {
      const { retryAfter } = decision;
      throw new DomainError('too_many_attempts', 'Too many wrong passwords. Try again later.', {
        retryAfter,
      });
    }
    const counted = Object.entries(decision.next) as [Subject, Attempts][];
    for (const [subject, { failures, lastFailedAt, lockedUntil, succeededAt }] of counted) {
      const expiry = expiryOfAttempts({ failures, succeededAt }, subject, now);
      await tx.query(COUNT, [subjects[subject], failures, lastFailedAt, lockedUntil, expiry]);
    }
    return { guess, counted: counted.map(([subject]) => subject) };
  });
}

async function lockRows(
  tx: EntityManager,
  subjects: Record<Subject, Buffer>,
  now: Date,
): Promise<Record<Subject, Attempts>> {
  const keys = Object.values(subjects);
  await tx.query(ADD, [keys, now]);
  const rows = await tx.query<(Attempts & { subject: Buffer })[]>(LOCK, [keys]);
  const known = SUBJECTS.map((subject) => [
    subject,
    rows.find((row) => row.subject.equals(subjects[subject])),
  ]);
  return {
    pair: NO_ATTEMPTS,
    account: NO_ATTEMPTS,
    block: NO_ATTEMPTS,
    ...Object.fromEntries(known),
  } as Record<Subject, Attempts>;
}

const TRUST = `
  insert into login_attempts (subject, succeeded_at, expires_at) values ($1, $2, $3)
  on conflict (subject) do update
     set failures = 0, last_failed_at = null, locked_until = null, succeeded_at = $2, expires_at = $3`;

const TAKE_BACK = `
  update login_attempts
     set failures = greatest(failures - 1, 0), locked_until = case when failures > $2 then locked_until end
   where subject = $1`;

/** After the right password: nothing was guessed, and the pair is trusted from now on. */
export async function clearAttempts(
  tx: EntityManager,
  { guess, counted }: TakenAttempt,
  at: Date,
): Promise<void> {
  const subjects = subjectsOf(guess);
  const expiry = expiryOfAttempts({ failures: 0, succeededAt: at }, 'pair', at);
  for (const subject of counted.toSorted((a, b) => subjects[a].compare(subjects[b]))) {
    if (subject === 'pair') await tx.query(TRUST, [subjects.pair, at, expiry]);
    else await tx.query(TAKE_BACK, [subjects[subject], LIMITS[subject].free]);
  }
}

const FORGET = 'delete from login_attempts where subject = any ($1::bytea[])';

/** After a proof other than the password: the address starts anew, from anywhere and from here. */
export async function forgetAttempts(tx: EntityManager, guess: Guess): Promise<void> {
  const { pair, account } = subjectsOf(guess);
  await tx.query(FORGET, [[pair, account]]);
}
