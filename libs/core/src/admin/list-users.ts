import type { Deps } from '../shared/deps';
import { decodeCursor, type Page, type PageRequest, toPage } from '../shared/page';
import { searchUsers } from './search-users';
import { type ManagedUser, toManagedUser, USER_COLUMNS, type UserRow } from './user-row';

const PAGE = `
  select ${USER_COLUMNS} from users join usage on usage.user_id = users.id
   where users.erased_at is null and ($1::timestamptz is null or (users.created_at, users.id) < ($1, $2))
   order by users.created_at desc, users.id desc limit $3`;

/** Everybody, newest first; or those whose address, name or id begins with `search`, in the order of what was found. */
export async function listUsers(
  { search, ...request }: PageRequest & { search?: string | undefined },
  { db }: Pick<Deps, 'db'>,
): Promise<Page<ManagedUser>> {
  if (search !== undefined) return searchUsers({ ...request, prefix: search }, { db });
  const after = request.cursor === undefined ? null : decodeCursor(request.cursor);
  const values = [after?.createdAt ?? null, after?.id ?? null, request.limit + 1];
  return toPage((await db.query<UserRow[]>(PAGE, values)).map(toManagedUser), request.limit);
}
