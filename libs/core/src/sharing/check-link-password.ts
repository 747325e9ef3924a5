import { inTransaction } from '@slipway/platform/db/database';
import { passwordMatches } from '../accounts/password';
import { clearAttempts, type Guess, takeAttempt } from '../accounts/take-attempt';
import type { Deps } from '../shared/deps';
import { DomainError } from '../shared/errors';
import type { FoundLink } from './find-link';

export interface ShownPassword {
  /** Null: none was shown. */
  password: string | null;
  /** What the caller has of network addresses. */
  addressBlock: string;
}

/** Counted as sign-ins are: by link and block, by link from anywhere, and by block. No address of a person is an id. */
const guessAt = ({ share }: Pick<FoundLink, 'share'>, addressBlock: string): Guess => ({
  email: share.id,
  addressBlock,
});

/**
 * Fails with `password_required` where none was shown, `wrong_password`, and `too_many_attempts` before the password is
 * looked at. A link that asks for none takes any.
 */
export async function checkLinkPassword(
  link: Pick<FoundLink, 'share'>,
  { password, addressBlock }: ShownPassword,
  deps: Pick<Deps, 'db' | 'clock' | 'settings'>,
): Promise<void> {
  const { passwordHash } = link.share;
  if (passwordHash === null) return;
  if (password === null) throw new DomainError('password_required', 'This link asks for a password.');
  const attempt = await takeAttempt(guessAt(link, addressBlock), deps);
  if (!(await passwordMatches(passwordHash, password, deps.settings.accounts.passwords))) {
    throw new DomainError('wrong_password', 'This is not the password of this link.');
  }
  await inTransaction(deps.db, (tx) => clearAttempts(tx, attempt, deps.clock.now()));
}
