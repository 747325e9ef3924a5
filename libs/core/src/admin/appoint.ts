import { findUserByEmail } from '../accounts/find-user';
import { User } from '../accounts/user.entity';
import type { Deps } from '../shared/deps';
import { DomainError } from '../shared/errors';
import type { Principal } from '../shared/principal';
import { noSuchAccount } from './read-user';
import { updateUser } from './update-user';
import type { ManagedUser } from './user-row';

/**
 * Makes whoever has the address an administrator, or takes it from them, for the command on the server: the first one has
 * nobody to ask. Fails with `not_found`, with `email_unverified` where proof of addresses is asked for and not given
 * (anybody may sign up with anybody's), and with `last_owner` for the last one.
 */
export async function appoint(
  principal: Principal,
  { email, role }: { email: string; role: User['role'] },
  deps: Pick<Deps, 'db' | 'clock' | 'settings'>,
): Promise<ManagedUser> {
  const user = await findUserByEmail(deps.db.manager, email);
  if (!user) throw noSuchAccount();
  if (role === 'admin' && user.emailVerifiedAt === null && deps.settings.requireVerifiedEmail) {
    throw new DomainError('email_unverified', 'They have not confirmed this address yet.');
  }
  return updateUser(principal, { userId: user.id, change: { role } }, deps);
}

/** By address. */
export function listAdministrators({ db }: Pick<Deps, 'db'>): Promise<User[]> {
  return db.manager.find(User, { where: { role: 'admin' }, order: { email: 'ASC' } });
}
