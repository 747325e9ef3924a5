import { inTransaction } from '@slipway/platform/db/database';
import { enqueue } from '@slipway/platform/jobs/enqueue';
import type { EntityManager } from 'typeorm';
import { signOutEverywhere } from '../accounts/end-sessions';
import { findMe } from '../accounts/find-user';
import { passwordMatches } from '../accounts/password';
import { forgetAttempts, type Guess, takeAttempt } from '../accounts/take-attempt';
import type { User } from '../accounts/user.entity';
import { recordAuditEvent } from '../audit/record-audit-event';
import type { Deps } from '../shared/deps';
import { DomainError } from '../shared/errors';
import { accountOf, type Principal } from '../shared/principal';

export interface EraseAccountInput {
  /** Null where none was given. */
  password: string | null;
  /** Of the token that the call shows; seconds since 1970. */
  tokenIssuedAt: number;
  /** What the caller has of network addresses: wrong passwords are counted against it. */
  addressBlock: string;
}

type EraseDeps = Pick<Deps, 'db' | 'clock' | 'settings' | 'audit'>;

/** A token that is older may be one that somebody found. */
const FRESH_SECONDS = 5 * 60;

/**
 * Ends the caller's account at once, and has all that is theirs erased by a job. Fails with `invalid_credentials` for a
 * wrong password (too many of them are waited for as at a sign-in, `too_many_attempts`), with `unauthenticated` where the
 * account has none and the token is older than five minutes, and with `last_owner` for the only administrator.
 */
export async function eraseAccount(
  principal: Principal,
  input: EraseAccountInput,
  deps: EraseDeps,
): Promise<void> {
  const user = await findMe(principal, deps);
  await prove(principal, { user, input }, deps);
  const guess = { email: user.email, addressBlock: input.addressBlock };
  await inTransaction(deps.db, (tx) => end(tx, principal, { guess, at: deps.clock.now() }));
}

async function prove(
  principal: Principal,
  { user, input }: { user: User; input: EraseAccountInput },
  deps: EraseDeps,
): Promise<void> {
  try {
    if (user.passwordHash === null) assertFresh(input, deps);
    else await assertPassword(user, input, deps);
  } catch (error) {
    if (error instanceof DomainError) {
      const refusal = { action: 'account_erased', at: deps.clock.now(), reason: error.code } as const;
      await deps.audit.recordRefusal(principal, refusal);
    }
    throw error;
  }
}

function assertFresh({ tokenIssuedAt }: EraseAccountInput, { clock }: EraseDeps): void {
  if (tokenIssuedAt * 1000 > clock.now().getTime() - FRESH_SECONDS * 1000) return;
  throw new DomainError('unauthenticated', 'Sign in again first: your token is older than five minutes.');
}

async function assertPassword(
  { email, passwordHash }: User,
  { password, addressBlock }: EraseAccountInput,
  deps: EraseDeps,
): Promise<void> {
  await takeAttempt({ email, addressBlock }, deps);
  const { passwords } = deps.settings.accounts;
  if (await passwordMatches(passwordHash, password ?? '', passwords)) return;
  throw new DomainError('invalid_credentials', 'The password is wrong.');
}

// Of two calls at once one ends the account; the other finds it ended.
const END = `
  update users set erased_at = $2, password_hash = null
   where id = $1 and erased_at is null
  returning role`;

const REVOKE_KEYS = 'update api_keys set revoked_at = $2 where user_id = $1 and revoked_at is null';

async function end(
  tx: EntityManager,
  principal: Principal,
  { guess, at }: { guess: Guess; at: Date },
): Promise<void> {
  const userId = accountOf(principal);
  await assertOtherAdmin(tx, userId);
  const [ended] = await tx.query<[unknown[], number]>(END, [userId, at]);
  if (ended.length === 0) return;
  await signOutEverywhere(tx, { userId, because: 'erased', at });
  await tx.query(REVOKE_KEYS, [userId, at]);
  await forgetAttempts(tx, guess);
  await recordAuditEvent(tx, principal, { action: 'account_erased', at, details: { user_id: userId } });
  await enqueue(tx, { name: 'erase-account', payload: { user_id: userId }, key: `erase-account:${userId}` });
}

// All are held, so that the last two do not both go at once.
const ADMINS = `
  select id from users
   where role = 'admin' and erased_at is null and suspended_at is null
   order by id for update`;

async function assertOtherAdmin(tx: EntityManager, userId: string): Promise<void> {
  const admins = await tx.query<{ id: string }[]>(ADMINS);
  if (admins.length !== 1 || admins[0]?.id !== userId) return;
  throw new DomainError('last_owner', 'You are the only administrator; make somebody else one first.');
}
