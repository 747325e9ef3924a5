import { runPrepared } from '@slipway/platform/db/prepared';
import type { Deps } from '../shared/deps';
import type { Account } from '../shared/principal';

/** What each kind of credential reads of its account; `users` and `tiers` are joined. */
export const ACCOUNT_COLUMNS = `
  users.id, users.email, users.email_verified_at, users.role, users.tokens_valid_from,
  tiers.requests_per_minute, tiers.max_access_url_seconds`;

/** Nobody signs in as somebody who is suspended or erased. */
export const ACTIVE_ACCOUNT = 'users.suspended_at is null and users.erased_at is null';

export interface AccountRow {
  id: string;
  email: string;
  email_verified_at: Date | null;
  role: 'user' | 'admin';
  tokens_valid_from: Date | null;
  requests_per_minute: number | null;
  max_access_url_seconds: number | null;
}

const FIND = {
  name: 'active-account',
  text: `
    select ${ACCOUNT_COLUMNS}
      from users join tiers on tiers.name = users.tier
     where users.id = $1 and ${ACTIVE_ACCOUNT}`,
};

export function toAccount(row: AccountRow, { settings }: Pick<Deps, 'settings'>): Account {
  const emailVerified = row.email_verified_at !== null;
  return {
    id: row.id,
    email: row.email,
    emailVerified,
    emailTrusted: emailVerified || !settings.requireVerifiedEmail,
    role: row.role,
    requestsPerMinute: row.requests_per_minute,
    maxAccessUrlSeconds: row.max_access_url_seconds,
  };
}

/**
 * Whether a token without a session of ours is of a time whose tokens were not taken back. `issuedAt` is in whole
 * seconds (RFC 7519 §4.1.6): one of the second in which they were taken back is refused, though it may be of after it.
 */
export const isStillGood = (
  { issuedAt }: { issuedAt: number },
  { tokens_valid_from: validFrom }: Pick<AccountRow, 'tokens_valid_from'>,
): boolean => validFrom === null || issuedAt * 1000 >= validFrom.getTime();

/** The account of a token as it is now; null when it is gone, suspended, or its tokens of that time were taken back. */
export async function readAccount(
  token: { userId: string; issuedAt: number },
  deps: Pick<Deps, 'db' | 'settings'>,
): Promise<Account | null> {
  const [row] = await runPrepared<AccountRow>(deps.db, FIND, [token.userId]);
  return row && isStillGood(token, row) ? toAccount(row, deps) : null;
}

const FIND_WITH_SESSION = {
  name: 'active-account-of-session',
  text: `${FIND.text}
       and exists (select from sessions where id = $2 and user_id = users.id and ended_at is null)`,
};

/**
 * The same of a token that names its session; null also when that has ended, which tells apart what was issued before
 * and after within the second in which tokens were taken back.
 */
export async function readAccountOfSession(
  { sessionId, issuedAt, userId }: { userId: string; sessionId: string; issuedAt: number },
  deps: Pick<Deps, 'db' | 'settings'>,
): Promise<Account | null> {
  const [row] = await runPrepared<AccountRow>(deps.db, FIND_WITH_SESSION, [userId, sessionId]);
  const withinSecond = { issuedAt: issuedAt + 1 };
  return row && isStillGood(withinSecond, row) ? toAccount(row, deps) : null;
}
