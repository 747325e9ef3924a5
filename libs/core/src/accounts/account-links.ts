import { inTransaction } from '@slipway/platform/db/database';
import type { EntityManager } from 'typeorm';
import type { Deps } from '../shared/deps';
import { hashOfToken, newSecretToken } from './secret-token';
import type { User } from './user.entity';

/** What a mailed link proves that somebody reads their mail for. */
export type LinkPurpose = 'reset' | 'verify';

const HOUR_MS = 3_600_000;

/** How long a link is good. Milliseconds. */
export const LINK_LIFE_MS: Record<LinkPurpose, number> = { reset: HOUR_MS, verify: 24 * HOUR_MS };

/** Links to one account that are good at once: asking for more has no effect, so that nobody's mailbox is flooded. */
const MOST_LINKS = 5;

const COUNT = `
  select count(*)::int as count from account_tokens
   where user_id = $1 and purpose = $2 and used_at is null and expires_at > $3`;

const ADD = `
  insert into account_tokens (token_hash, user_id, purpose, email, expires_at) values ($1, $2, $3, $4, $5)`;

const urlOf = (path: string, { settings }: Pick<Deps, 'settings'>): string =>
  `${settings.publicUrl}/#/app/${path}`;

export interface AccountLink {
  url: string;
  /** For a mail that was not sent. */
  withdraw(): Promise<void>;
}

/** A link to mail to somebody, good for their address as it is now; null where they have enough. */
export function makeLink(
  user: User,
  purpose: LinkPurpose,
  deps: Pick<Deps, 'db' | 'clock' | 'settings'>,
): Promise<AccountLink | null> {
  const now = deps.clock.now();
  const token = newSecretToken();
  const expiry = new Date(now.getTime() + LINK_LIFE_MS[purpose]);
  return inTransaction(deps.db, async (tx) => {
    await tx.query('select from users where id = $1 for no key update', [user.id]);
    const [row] = await tx.query<{ count: number }[]>(COUNT, [user.id, purpose, now]);
    if (row && row.count >= MOST_LINKS) return null;
    await tx.query(ADD, [token.hash, user.id, purpose, user.email, expiry]);
    return {
      url: urlOf(`${purpose}/${token.text}`, deps),
      async withdraw() {
        await deps.db.query('delete from account_tokens where token_hash = $1', [token.hash]);
      },
    };
  });
}

// An address that has changed since makes the link void, and so does an account that nobody may enter.
const GOOD = `
  account_tokens.token_hash = $1 and account_tokens.purpose = $2 and account_tokens.used_at is null
    and account_tokens.expires_at > $3 and users.id = account_tokens.user_id
    and lower(users.email) = lower(account_tokens.email) and users.suspended_at is null and users.erased_at is null`;

export interface ShownLink {
  token: string;
  purpose: LinkPurpose;
  at: Date;
}

/** Whose a link is; null where it is no good, or no good any more. */
export async function findLinkOwner(
  db: EntityManager,
  { token, purpose, at }: ShownLink,
): Promise<{ userId: string } | null> {
  const [row] = await db.query<{ userId: string }[]>(
    `select users.id as "userId" from account_tokens, users where ${GOOD}`,
    [hashOfToken(token), purpose, at],
  );
  return row ?? null;
}

/** Uses a link up, of calls at once for one of them; with it go the others for the same purpose. Whether it was good. */
export async function useLink(tx: EntityManager, { token, purpose, at }: ShownLink): Promise<boolean> {
  const [used] = await tx.query<[{ userId: string }[], number]>(
    `update account_tokens set used_at = $3 from users where ${GOOD} returning users.id as "userId"`,
    [hashOfToken(token), purpose, at],
  );
  const [owner] = used;
  if (!owner) return false;
  await tx.query(
    'update account_tokens set used_at = $3 where user_id = $1 and purpose = $2 and used_at is null',
    [owner.userId, purpose, at],
  );
  return true;
}
