import { inTransaction } from '@slipway/platform/db/database';
import { enqueue } from '@slipway/platform/jobs/enqueue';
import type { Deps } from '../shared/deps';
import { DomainError } from '../shared/errors';
import type { Origin } from '../shared/principal';
import { findUserByEmail } from './find-user';
import { openSession, type SignedIn } from './open-session';
import { signUp, type SignUpInput } from './sign-up';

type SignUpDeps = Pick<Deps, 'db' | 'clock' | 'settings'>;

/**
 * Signs somebody up and in. Where addresses are to be proven first, nobody is signed in and nothing fails for a taken
 * address, which its owner is told by mail: null then, so that the answer tells nobody who has an account.
 */
export async function signUpHere(
  origin: Origin,
  input: SignUpInput,
  deps: SignUpDeps,
): Promise<SignedIn | null> {
  if (deps.settings.requireVerifiedEmail) {
    await signUpUnseen(origin, input, deps);
    return null;
  }
  const user = await signUp(origin, input, deps);
  const opened = { userId: user.id, origin, at: user.createdAt };
  return { user, session: await inTransaction(deps.db, (tx) => openSession(tx, opened, deps)) };
}

async function signUpUnseen(origin: Origin, input: SignUpInput, deps: SignUpDeps): Promise<void> {
  try {
    await signUp(origin, input, deps);
  } catch (error) {
    if (!(error instanceof DomainError && error.code === 'email_taken')) throw error;
    await tellOwner(input.email, deps);
  }
}

async function tellOwner(email: string, { db }: Pick<Deps, 'db'>): Promise<void> {
  const owner = await findUserByEmail(db.manager, email);
  if (!owner) return;
  const job = { name: 'mail-address-taken', payload: { user_id: owner.id } } as const;
  // However often somebody tries, one of these waits at a time.
  await enqueue(db.manager, { ...job, key: `mail-address-taken ${owner.id}` });
}
