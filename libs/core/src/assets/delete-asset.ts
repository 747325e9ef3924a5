import { inTransaction } from '@slipway/platform/db/database';
import { enqueue } from '@slipway/platform/jobs/enqueue';
import type { EntityManager } from 'typeorm';
import { recordAuditEvent } from '../audit/record-audit-event';
import { requestGallery } from '../galleries/request-gallery';
import { releaseUsage } from '../quotas/release-quota';
import type { Deps } from '../shared/deps';
import type { Principal } from '../shared/principal';
import type { Asset } from './asset.entity';
import { requireAsset } from './require-asset';

/**
 * Takes the asset away at once and gives its bytes back; the objects follow by a job. A second call finds nothing.
 * Fails with `not_found`.
 */
export async function deleteAsset(
  principal: Principal,
  assetId: string,
  deps: Pick<Deps, 'db' | 'clock'>,
): Promise<void> {
  const asset = await requireAsset(principal, { assetId, right: 'assets.write' }, deps);
  const at = deps.clock.now();
  await inTransaction(deps.db, async (tx) => {
    const marked = await markDeleted(tx, asset, at);
    if (!marked) return;
    await releaseUsage(tx, asset.projectId, asset.fileSize);
    await recordAuditEvent(tx, principal, {
      action: 'deleted',
      at,
      projectId: asset.projectId,
      assetId: asset.id,
      details: { file_size: asset.fileSize },
      personal: { name: asset.name },
    });
    if (marked.isPublic) await requestGallery(tx, asset.projectId);
    await enqueue(tx, { name: 'purge-asset-objects', payload: { asset_id: asset.id } });
  });
}

/** Null when a concurrent call was first, so that the bytes are given back once. */
async function markDeleted(
  tx: EntityManager,
  asset: Asset,
  at: Date,
): Promise<Pick<Asset, 'isPublic'> | null> {
  const [deleted] = await tx.query<[Pick<Asset, 'isPublic'>[], number]>(
    `update assets set deleted_at = $2, updated_at = $2 where id = $1 and deleted_at is null
     returning is_public as "isPublic"`,
    [asset.id, at],
  );
  return deleted[0] ?? null;
}
