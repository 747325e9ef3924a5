import { inTransaction } from '@slipway/platform/db/database';
import { recordAuditEvent } from '../audit/record-audit-event';
import type { Deps } from '../shared/deps';
import { DomainError } from '../shared/errors';
import type { Principal } from '../shared/principal';
import { requireSharing } from './require-sharing';
import type { Share } from './share.entity';

const REVOKE = `
  update shares set revoked_at = $3
   where id = $1 and asset_id = $2 and revoked_at is null
  returning kind`;

/** Ends a share at once; URLs that it has given out live to their end. Fails with `not_found`, also for a second call. */
export async function revokeShare(
  principal: Principal,
  { assetId, shareId }: { assetId: string; shareId: string },
  deps: Pick<Deps, 'db' | 'clock'>,
): Promise<void> {
  const { projectId } = await requireSharing(principal, { assetId }, deps);
  const at = deps.clock.now();
  await inTransaction(deps.db, async (tx) => {
    const [revoked] = await tx.query<[Pick<Share, 'kind'>[], number]>(REVOKE, [shareId, assetId, at]);
    const [share] = revoked;
    if (!share) throw new DomainError('not_found', 'There is no such share.');
    await recordAuditEvent(tx, principal, {
      action: 'share_revoked',
      at,
      projectId,
      assetId,
      details: { share_id: shareId, kind: share.kind },
    });
  });
}
