import { randomBytes } from 'node:crypto';
import { inTransaction } from '@slipway/platform/db/database';
import { enqueue } from '@slipway/platform/jobs/enqueue';
import { findWaitingJobs } from '@slipway/platform/jobs/find-waiting-jobs';
import { objectKey } from '@slipway/platform/object-store/object-key';
import { recordAuditEvent } from '../audit/record-audit-event';
import type { Deps } from '../shared/deps';
import { DomainError } from '../shared/errors';
import type { Principal } from '../shared/principal';
import { Asset } from './asset.entity';
import { lockAsset } from './lock-asset';
import { noSuchAsset, requireAsset } from './require-asset';

/**
 * Has the objects of an asset moved to new keys by a job, so that every URL given out until then opens nothing. Fails with
 * `not_found`, `forbidden`, `project_archived`, and with `asset_busy` while they are being made or moved.
 */
export async function askForRotation(
  principal: Principal,
  assetId: string,
  deps: Pick<Deps, 'db' | 'clock'>,
): Promise<void> {
  await requireAsset(principal, { assetId, right: 'assets.write' }, deps);
  const at = deps.clock.now();
  await inTransaction(deps.db, async (tx) => {
    const asset = await lockAsset(tx, assetId);
    if (!asset) throw noSuchAsset();
    if (asset.status === 'Processing') throw busy('This asset is still being processed.');
    const key = `rotate-asset:${assetId}`;
    // A job that used up its tries without a word leaves one that nobody moves any more.
    if (asset.movingTo !== null && (await findWaitingJobs(tx, [key])).has(key)) {
      throw busy('This asset is being moved already.');
    }
    const next = { version: asset.keyVersion + 1, mark: randomBytes(8).toString('hex') };
    const movingTo = asset.movingTo ?? objectKey.movedFolder(asset, next);
    await tx.update(Asset, assetId, { movingTo, updatedAt: at });
    await recordAuditEvent(tx, principal, {
      action: 'rotation_asked',
      at,
      projectId: asset.projectId,
      assetId,
      details: { key_version: next.version },
    });
    await enqueue(tx, { name: 'rotate-asset', payload: { asset_id: assetId }, key });
  });
}

const busy = (message: string) => new DomainError('asset_busy', message, { retryAfter: 5 });
