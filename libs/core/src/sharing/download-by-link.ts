import { inTransaction } from '@slipway/platform/db/database';
import type { SignedUrl } from '@slipway/platform/object-store/url-signer';
import type { EntityManager } from 'typeorm';
import { signAccessUrl, type UrlPurpose } from '../assets/asset-urls';
import { grantedFacts } from '../assets/grant-access';
import { recordAuditEvent } from '../audit/record-audit-event';
import type { Deps } from '../shared/deps';
import type { Origin } from '../shared/principal';
import { checkLinkPassword, type ShownPassword } from './check-link-password';
import { assertOpens, findLink, noSuchLink, shareExhausted } from './find-link';
import { openLinkSigning } from './link-urls';
import { withLink } from './with-link';

export interface LinkDownload {
  signed: SignedUrl;
  /** After this one; null: as many as one likes. */
  downloadsLeft: number | null;
}

/**
 * A URL of the original that lives for five minutes, counted and on record. Showing the file counts as well: whoever sees
 * it has it. Fails with `not_found`, `share_expired`, `share_exhausted`, `password_required`, `wrong_password`,
 * `too_many_attempts`.
 */
export function downloadByLink(
  origin: Origin,
  { token, purpose, ...shown }: ShownPassword & { token: string; purpose: UrlPurpose },
  deps: Pick<Deps, 'db' | 'audit' | 'signer' | 'clock' | 'settings'>,
): Promise<LinkDownload> {
  return withLink(
    { token, action: 'accessed', origin },
    async (link, principal) => {
      await checkLinkPassword(link, shown, deps);
      const context = await openLinkSigning(deps);
      const signed = signAccessUrl(link.asset, purpose, context);
      const at = context.now;
      const counted = await inTransaction(deps.db, async (tx) => {
        const count = await countDownload(tx, link.share.id, at);
        if (count === null) return null;
        await recordAuditEvent(tx, principal, grantedFacts(link.asset, { as: purpose, signed, at }));
        return count;
      });
      if (counted !== null) return { signed, downloadsLeft: counted.downloadsLeft };
      const now = await findLink(token, deps);
      if (now === null) throw noSuchLink();
      assertOpens(principal, now, at);
      throw shareExhausted();
    },
    deps,
  );
}

/** Looks and counts in one: of any number at once, no more get through than are left. */
const COUNT = `
  update shares set downloads = downloads + 1
   where id = $1 and revoked_at is null and (expires_at is null or expires_at > $2)
     and (max_downloads is null or downloads < max_downloads)
  returning max_downloads - downloads as "downloadsLeft"`;

/** Null where the link has ended since it was looked at. */
async function countDownload(
  tx: EntityManager,
  shareId: string,
  now: Date,
): Promise<Pick<LinkDownload, 'downloadsLeft'> | null> {
  const [counted] = await tx.query<[Pick<LinkDownload, 'downloadsLeft'>[], number]>(COUNT, [shareId, now]);
  return counted[0] ?? null;
}
