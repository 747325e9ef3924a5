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

/** Whether a token is of a time whose tokens were not taken back. */
export const isStillGood = (
  { issuedAt }: { issuedAt: number },
  { tokens_valid_from: validFrom }: Pick<AccountRow, 'tokens_valid_from'>,
): boolean => validFrom === null || issuedAt >= Math.floor(validFrom.getTime() / 1000);

/**
 * The account of a token as it is now; null when it is gone, suspended, or its tokens of that time were taken back.
 * `issuedAt` is in whole seconds, as tokens have it (RFC 7519 §4.1.6).
 */
export async function readAccount(
  token: { userId: string; issuedAt: number },
  deps: Pick<Deps, 'db' | 'settings'>,
): Promise<Account | null> {
  const [row] = await runPrepared<AccountRow>(deps.db, FIND, [token.userId]);
  return row && isStillGood(token, row) ? toAccount(row, deps) : null;
}
