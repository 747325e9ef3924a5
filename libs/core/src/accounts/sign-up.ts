import { inTransaction } from '@slipway/platform/db/database';
import { sqlState, UNIQUE_VIOLATION } from '@slipway/platform/db/database-errors';
import { recordAuditEvent } from '../audit/record-audit-event';
import type { Deps } from '../shared/deps';
import { DomainError } from '../shared/errors';
import { newId } from '../shared/ids';
import { type Origin, userPrincipal } from '../shared/principal';
import { accountOfUser } from './account-of-user';
import { hashPassword } from './password';
import { User } from './user.entity';

export interface SignUpInput {
  email: string;
  password: string;
  name: string;
}

/** Fails with `email_taken`; two sign-ups with one email at once give one account. */
export async function signUp(
  origin: Origin,
  input: SignUpInput,
  deps: Pick<Deps, 'db' | 'clock' | 'settings'>,
): Promise<User> {
  const user: User = {
    id: newId('USR'),
    email: input.email,
    name: input.name,
    passwordHash: await hashPassword(input.password),
    emailVerifiedAt: null,
    suspendedAt: null,
    erasedAt: null,
    tokensValidFrom: null,
    maxBytes: null,
    role: 'user',
    tier: 'free',
    createdAt: deps.clock.now(),
  };
  try {
    await inTransaction(deps.db, async (tx) => {
      await tx.insert(User, user);
      await tx.query('insert into usage (user_id) values ($1)', [user.id]);
      await recordAuditEvent(tx, userPrincipal(accountOfUser(user, deps), origin), {
        action: 'signed_up',
        at: user.createdAt,
      });
    });
  } catch (error) {
    if (sqlState(error) !== UNIQUE_VIOLATION) throw error;
    throw new DomainError('email_taken', 'There is already an account with this email.', { cause: error });
  }
  return user;
}
