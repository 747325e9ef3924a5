import { inTransaction } from '@slipway/platform/db/database';
import type { EntityManager } from 'typeorm';
import { recordAuditEvent } from '../audit/record-audit-event';
import type { Deps } from '../shared/deps';
import { DomainError } from '../shared/errors';
import { type Origin, userPrincipal, visitor } from '../shared/principal';
import { accountOfUser } from './account-of-user';
import { findUserByEmail } from './find-user';
import { openSession, type SignedIn } from './open-session';
import { hashPassword, isOutdated, passwordMatches } from './password';
import { clearAttempts, takeAttempt, type TakenAttempt } from './take-attempt';
import { User } from './user.entity';

export interface LogInInput {
  email: string;
  password: string;
  /** What the caller has of network addresses: failures are counted against it. */
  addressBlock: string;
}

type LogInDeps = Pick<Deps, 'db' | 'clock' | 'settings' | 'audit'>;

const wrong = (): DomainError => new DomainError('invalid_credentials', 'Email or password is wrong.');

const suspended = (): DomainError =>
  new DomainError('account_suspended', 'This account is suspended. Ask whoever runs this server.');

/**
 * Fails with `invalid_credentials`, alike and after the same work for an unknown email, an account without a password
 * and a wrong one; with `too_many_attempts` before any of that; with `account_suspended` for the right password only.
 */
export async function logIn(origin: Origin, input: LogInInput, deps: LogInDeps): Promise<SignedIn> {
  const user = await findUserByEmail(deps.db.manager, input.email);
  try {
    return await enter(origin, { user, input }, deps);
  } catch (error) {
    if (error instanceof DomainError) await recordFailure(origin, { user, error }, deps);
    throw error;
  }
}

async function enter(
  origin: Origin,
  { user, input }: { user: User | null; input: LogInInput },
  deps: LogInDeps,
): Promise<SignedIn> {
  const { accounts } = deps.settings;
  const attempt = await takeAttempt(input, deps);
  const matches = await passwordMatches(user?.passwordHash ?? null, input.password, accounts.passwords);
  if (!user || !matches) throw wrong();
  if (user.suspendedAt !== null) throw suspended();
  const isOld = user.passwordHash !== null && isOutdated(user.passwordHash, accounts.passwords);
  const newHash = isOld ? await hashPassword(input.password, accounts.passwords) : null;
  return inTransaction(deps.db, (tx) => open(tx, { user, newHash, attempt, origin }, deps));
}

async function open(
  tx: EntityManager,
  {
    user,
    newHash,
    attempt,
    origin,
  }: { user: User; newHash: string | null; attempt: TakenAttempt; origin: Origin },
  deps: LogInDeps,
): Promise<SignedIn> {
  await holdUnchanged(tx, user);
  if (newHash !== null) await tx.update(User, user.id, { passwordHash: newHash });
  const at = deps.clock.now();
  await clearAttempts(tx, attempt, at);
  const session = await openSession(tx, { userId: user.id, origin, at }, deps);
  await recordAuditEvent(tx, userPrincipal(accountOfUser(user, deps), origin), {
    action: 'logged_in',
    at,
    details: { session_id: session.id },
  });
  return { user, session };
}

/** While its password was being looked at, the account may have got another one, or been suspended. */
async function holdUnchanged(tx: EntityManager, { id, passwordHash }: User): Promise<void> {
  const now = await tx.findOne(User, { where: { id }, lock: { mode: 'pessimistic_write' } });
  if (now?.passwordHash !== passwordHash) throw wrong();
  if (now.suspendedAt !== null) throw suspended();
}

async function recordFailure(
  origin: Origin,
  { user, error }: { user: User | null; error: DomainError },
  { audit, clock }: LogInDeps,
): Promise<void> {
  await audit.recordRefusal(visitor(origin), {
    action: 'login_failed',
    at: clock.now(),
    reason: error.code,
    // An address without an account may be a password in the wrong field.
    details: { user_id: user?.id ?? null },
  });
}
