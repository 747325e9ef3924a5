import { inTransaction } from '@slipway/platform/db/database';
import { sqlState, UNIQUE_VIOLATION } from '@slipway/platform/db/database-errors';
import { enqueue } from '@slipway/platform/jobs/enqueue';
import { recordAuditEvent } from '../audit/record-audit-event';
import type { Deps } from '../shared/deps';
import { DomainError } from '../shared/errors';
import { newId } from '../shared/ids';
import { type Origin, userPrincipal } from '../shared/principal';
import { accountOfUser } from './account-of-user';
import { hashPassword } from './password';
import { assertGoodPassword } from './password-rules';
import { User } from './user.entity';

export interface SignUpInput {
  email: string;
  password: string;
  name: string;
}

/**
 * Makes an account, and has a link mailed that proves its address. Fails with `invalid_request` for a password that
 * would be guessed, and with `email_taken`; two sign-ups with one email at once give one account.
 */
export async function signUp(
  origin: Origin,
  input: SignUpInput,
  deps: Pick<Deps, 'db' | 'clock' | 'settings'>,
): Promise<User> {
  assertGoodPassword(input.password, { field: 'password', owner: input });
  const user = await newUser(input, deps);
  try {
    await inTransaction(deps.db, async (tx) => {
      await tx.insert(User, user);
      await tx.query('insert into usage (user_id) values ($1)', [user.id]);
      await enqueue(tx, { name: 'mail-email-verification', payload: { user_id: user.id } });
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

const newUser = async (
  { email, name, password }: SignUpInput,
  { clock, settings }: Pick<Deps, 'clock' | 'settings'>,
): Promise<User> => ({
  id: newId('USR'),
  email,
  name,
  passwordHash: await hashPassword(password, settings.accounts.passwords),
  emailVerifiedAt: null,
  suspendedAt: null,
  erasedAt: null,
  tokensValidFrom: null,
  maxBytes: null,
  role: 'user',
  tier: 'free',
  createdAt: clock.now(),
});
