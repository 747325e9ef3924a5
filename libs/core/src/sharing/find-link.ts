import { runPrepared } from '@slipway/platform/db/prepared';
import { type AccessFacts, decideAccess } from '../access/decide-access';
import type { Asset } from '../assets/asset.entity';
import { FACT_COLUMNS, FACT_JOINS, type FactRow, toFoundAsset } from '../assets/find-asset';
import type { Deps } from '../shared/deps';
import { DomainError } from '../shared/errors';
import type { Principal } from '../shared/principal';
import { hashLinkToken, isLinkToken } from './link-token';
import type { Share } from './share.entity';

/** A share by link with its asset and all that decides. */
export interface FoundLink {
  share: Pick<Share, 'id' | 'expiresAt' | 'revokedAt' | 'passwordHash'>;
  /** Null: as many as one likes. */
  downloadsLeft: number | null;
  asset: Asset;
  facts: AccessFacts;
}

interface LinkRow extends FactRow {
  share_id: string;
  share_expires_at: Date | null;
  share_revoked_at: Date | null;
  password_hash: string | null;
  downloads_left: number | null;
}

// Nobody's membership and nobody's address: a link's holder is whoever has it.
const FIND = {
  name: 'asset-by-link',
  text: `
    select link.id as share_id, link.expires_at as share_expires_at, link.revoked_at as share_revoked_at,
           link.password_hash, link.max_downloads - link.downloads as downloads_left, ${FACT_COLUMNS}
      from shares as link
      join assets on assets.id = link.asset_id ${FACT_JOINS}
     where link.token_hash = $1`,
};

export async function findLink(token: string, deps: Pick<Deps, 'db'>): Promise<FoundLink | null> {
  if (!isLinkToken(token)) return null;
  const [row] = await runPrepared<LinkRow>(deps.db, FIND, [hashLinkToken(token), null, null]);
  if (!row) return null;
  const share = {
    id: row.share_id,
    expiresAt: row.share_expires_at,
    revokedAt: row.share_revoked_at,
    passwordHash: row.password_hash,
  };
  const downloadsLeft = row.downloads_left;
  const { asset, facts } = toFoundAsset(row, deps);
  return { share, downloadsLeft, asset, facts: { ...facts, shares: [{ ...share, downloadsLeft }] } };
}

export const noSuchLink = () => new DomainError('not_found', 'There is no such link.');

/**
 * Fails with `not_found` for a link that was revoked and for one whose asset nobody may see, the same as for one that
 * never was; with `share_expired` and `share_exhausted` for one that has ended by itself, also where everybody may see
 * the asset.
 */
export function assertOpens(
  principal: Principal,
  { share, downloadsLeft, facts }: Pick<FoundLink, 'share' | 'downloadsLeft' | 'facts'>,
  now: Date,
): void {
  if (share.revokedAt !== null) throw noSuchLink();
  if (share.expiresAt !== null && share.expiresAt <= now) {
    throw new DomainError('share_expired', 'This link has expired.');
  }
  if (downloadsLeft === 0) throw shareExhausted();
  if (!decideAccess(principal, facts, now).allowed) throw noSuchLink();
}

export const shareExhausted = () =>
  new DomainError('share_exhausted', 'This link has been used as often as it may be.');
