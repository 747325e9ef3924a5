import type { EntityManager } from 'typeorm';
import type { Deps } from '../shared/deps';
import { DomainError } from '../shared/errors';
import { accountOf, type Principal } from '../shared/principal';
import { User } from './user.entity';

export function findUserByEmail(db: EntityManager, email: string): Promise<User | null> {
  return db.createQueryBuilder(User, 'u').where('lower(u.email) = lower(:email)', { email }).getOne();
}

/** The account of the caller; `unauthenticated` when it is gone though its token still lives. */
export async function findMe(principal: Principal, deps: Pick<Deps, 'db'>): Promise<User> {
  const user = await deps.db.manager.findOneBy(User, { id: accountOf(principal) });
  if (!user) throw new DomainError('unauthenticated', 'This account no longer exists.');
  return user;
}
