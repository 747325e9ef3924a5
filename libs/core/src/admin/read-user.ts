import type { EntityManager } from 'typeorm';
import { DomainError } from '../shared/errors';
import { type ManagedUser, toManagedUser, USER_COLUMNS, type UserRow } from './user-row';

const FIND = `
  select ${USER_COLUMNS} from users join usage on usage.user_id = users.id
   where users.id = $1 and users.erased_at is null`;

/** Fails with `not_found`. */
export async function readUser(db: Pick<EntityManager, 'query'>, userId: string): Promise<ManagedUser> {
  const [row] = await db.query<UserRow[]>(FIND, [userId]);
  if (!row) throw noSuchAccount();
  return toManagedUser(row);
}

export const noSuchAccount = () => new DomainError('not_found', 'There is no such account.');
