import type { Deps } from '../shared/deps';
import { DomainError } from '../shared/errors';
import { findUserByEmail } from './find-user';
import { passwordMatches } from './password';
import type { User } from './user.entity';

/** Fails with `invalid_credentials`, the same for an unknown email and a wrong password. */
export async function logIn(
  input: { email: string; password: string },
  deps: Pick<Deps, 'db'>,
): Promise<User> {
  const user = await findUserByEmail(deps.db.manager, input.email);
  const matches = await passwordMatches(user?.passwordHash ?? null, input.password);
  if (!user || !matches) throw new DomainError('invalid_credentials', 'Email or password is wrong.');
  return user;
}
