import { inTransaction } from '@slipway/platform/db/database';
import { enqueue } from '@slipway/platform/jobs/enqueue';
import type { EntityManager } from 'typeorm';
import { recordAuditEvent } from '../audit/record-audit-event';
import type { Deps } from '../shared/deps';
import { DomainError } from '../shared/errors';
import type { Principal } from '../shared/principal';
import { signOutEverywhere } from './end-sessions';
import { findMe } from './find-user';
import { openSession, type SignedIn } from './open-session';
import { hashPassword, passwordMatches } from './password';
import { assertGoodPassword } from './password-rules';
import { clearAttempts, takeAttempt, type TakenAttempt } from './take-attempt';
import { User } from './user.entity';

export interface ChangePasswordInput {
  currentPassword: string;
  newPassword: string;
  addressBlock: string;
}

type ChangeDeps = Pick<Deps, 'db' | 'clock' | 'settings' | 'audit'>;

const wrong = (): DomainError => new DomainError('invalid_credentials', 'The current password is wrong.');

/**
 * Ends every session and every token, and gives this device a new session. Fails with `invalid_credentials` for a wrong
 * current password, of which too many are waited for as at a sign-in (`too_many_attempts`), and with `invalid_request`
 * for a new one that would be guessed.
 */
export async function changePassword(
  principal: Principal,
  input: ChangePasswordInput,
  deps: ChangeDeps,
): Promise<SignedIn> {
  const user = await findMe(principal, deps);
  assertGoodPassword(input.newPassword, { field: 'new_password', owner: user });
  const attempt = await proveCurrent(principal, { user, input }, deps);
  const passwordHash = await hashPassword(input.newPassword, deps.settings.accounts.passwords);
  return inTransaction(deps.db, (tx) => replace(tx, { principal, user, passwordHash, attempt }, deps));
}

async function proveCurrent(
  principal: Principal,
  { user, input }: { user: User; input: ChangePasswordInput },
  deps: ChangeDeps,
): Promise<TakenAttempt> {
  try {
    const attempt = await takeAttempt({ email: user.email, addressBlock: input.addressBlock }, deps);
    const { passwords } = deps.settings.accounts;
    if (await passwordMatches(user.passwordHash, input.currentPassword, passwords)) return attempt;
    throw wrong();
  } catch (error) {
    if (error instanceof DomainError) {
      const refusal = { action: 'password_changed', at: deps.clock.now(), reason: error.code } as const;
      await deps.audit.recordRefusal(principal, refusal);
    }
    throw error;
  }
}

interface Replacement {
  principal: Principal;
  user: User;
  passwordHash: string;
  attempt: TakenAttempt;
}

async function replace(
  tx: EntityManager,
  { principal, user, passwordHash, attempt }: Replacement,
  deps: ChangeDeps,
): Promise<SignedIn> {
  const at = deps.clock.now();
  // Two changes at once: the second one does not know the password any more.
  const { affected } = await tx.update(
    User,
    { id: user.id, passwordHash: user.passwordHash },
    { passwordHash },
  );
  if (affected !== 1) throw wrong();
  await signOutEverywhere(tx, { userId: user.id, because: 'password', at });
  await clearAttempts(tx, attempt, at);
  const session = await openSession(tx, { userId: user.id, origin: principal, at }, deps);
  await enqueue(tx, { name: 'mail-password-changed', payload: { user_id: user.id } });
  await recordAuditEvent(tx, principal, {
    action: 'password_changed',
    at,
    details: { session_id: session.id },
  });
  return { user, session };
}
