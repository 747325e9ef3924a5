import type { Deps } from '../shared/deps';
import { DomainError } from '../shared/errors';
import type { Page, PageRequest } from '../shared/page';
import { type ManagedUser, toManagedUser, USER_COLUMNS, type UserRow } from './user-row';

/** Where an account was found: the text that begins with the prefix. */
interface Match {
  key: string;
  id: string;
}

const EMAIL = 'lower(email) collate "C"';
const NAME = 'lower(name) collate "C"';
const ID = 'id collate "C"';

/** The next of one index whose key begins with the prefix. Nothing comes after the last character that there is. */
const next = (key: string, prefix: string): string => `
  (select ${key} as key, id from users
    where ${key} >= ${prefix} and ${key} < ${prefix} || chr(1114111) and (${key}, id) > ($2, $3)
      and erased_at is null
    order by 1, 2 limit $4)`;

// Three ranges of three indexes, merged: of each no more is read than a page may show, however many match.
const SEARCH = `
  with matches as (
    select key, id from (
      ${next(EMAIL, 'lower($1)')} union ${next(NAME, 'lower($1)')} union ${next(ID, 'upper($1)')}
    ) as all_matches order by key, id limit $4
  )
  select matches.key, ${USER_COLUMNS},
         (select min(key collate "C")
            from (values (lower(email), lower($1)), (lower(name), lower($1)), (users.id, upper($1))) as keys (key, prefix)
           where starts_with(key, prefix)) as first_key
    from matches join users on users.id = matches.id join usage on usage.user_id = users.id
   order by matches.key, matches.id`;

type MatchRow = UserRow & { key: string; first_key: string };

const encode = ({ key, id }: Match): string => Buffer.from(JSON.stringify([key, id])).toString('base64url');

const isText = (value: unknown): value is string =>
  typeof value === 'string' && value.isWellFormed() && !value.includes('\0');

/** Fails with `invalid_request` for a cursor that this list did not give out. */
function decode(cursor: string): Match {
  try {
    const [key, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[];
    if (isText(key) && isText(id)) return { key, id };
  } catch {
    // Told below.
  }
  throw new DomainError('invalid_request', 'The cursor is not one that this list gave out.', {
    errors: [{ field: 'cursor', message: 'must be a next_cursor of this list' }],
  });
}

/**
 * Whose address, name or id begins with `prefix`, in whatever case, by the text that does. A page costs the same, however
 * many match and however far it is. For that, whoever is found by address and by name takes two places and shows in the
 * first: a page may have fewer rows than asked for, and more may follow.
 */
export async function searchUsers(
  { prefix, limit, cursor }: PageRequest & { prefix: string },
  { db }: Pick<Deps, 'db'>,
): Promise<Page<ManagedUser>> {
  const after = cursor === undefined ? { key: '', id: '' } : decode(cursor);
  const found = await db.query<MatchRow[]>(SEARCH, [prefix, after.key, after.id, limit + 1]);
  const page = found.slice(0, limit);
  const last = page.at(-1);
  return {
    rows: page.filter(({ key, first_key: first }) => key === first).map(toManagedUser),
    nextCursor: found.length > limit && last ? encode(last) : null,
  };
}
