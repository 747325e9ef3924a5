import { inTransaction } from '@slipway/platform/db/database';
import type { EntityManager } from 'typeorm';
import { Asset, type AssetStatus } from '../assets/asset.entity';
import { lockAsset } from '../assets/lock-asset';
import { noSuchAsset, requireAsset } from '../assets/require-asset';
import { recordAuditEvent } from '../audit/record-audit-event';
import { requestGallery } from '../galleries/request-gallery';
import { Project } from '../projects/project.entity';
import { projectArchived } from '../projects/require-project';
import type { Deps } from '../shared/deps';
import { DomainError } from '../shared/errors';
import type { Principal } from '../shared/principal';

/** Why it was rejected is for editors and owners to read. */
export type Review = { decision: 'publish' } | { decision: 'reject'; reason: string };

type Reviewed = { assetId: string; review: Review };
type ReviewDeps = Pick<Deps, 'db' | 'clock'>;

/**
 * An administrator's decision about an asset in the queue. Fails with `project_archived`, and with `not_found` for
 * whatever is not in the queue: the rest is not an administrator's business.
 */
export async function moderateAsset(
  principal: Principal,
  { assetId, review }: Reviewed,
  deps: ReviewDeps,
): Promise<void> {
  await inTransaction(deps.db, async (tx) => {
    const asset = await lockAsset(tx, assetId);
    if (asset?.status !== 'In Review') throw noSuchAsset();
    const { archivedAt } = await tx.findOneByOrFail(Project, { id: asset.projectId });
    if (archivedAt !== null) throw projectArchived();
    await decide(tx, principal, { asset, review, by: 'moderation', at: deps.clock.now() });
  });
}

/**
 * A project owner's decision, whenever they have one: also the second about the same asset. Fails with `not_found`,
 * `forbidden`, `project_archived`, and with `asset_busy` while the asset is being processed.
 */
export async function reviewAsset(
  principal: Principal,
  { assetId, review }: Reviewed,
  deps: ReviewDeps,
): Promise<void> {
  await requireAsset(principal, { assetId, right: 'project.manage' }, deps);
  await inTransaction(deps.db, async (tx) => {
    const asset = await lockAsset(tx, assetId);
    if (!asset) throw noSuchAsset();
    if (asset.status === 'Processing') {
      throw new DomainError('asset_busy', 'This asset is still being processed.', { retryAfter: 1 });
    }
    await decide(tx, principal, { asset, review, by: 'owner', at: deps.clock.now() });
  });
}

const STATUS = { publish: 'Published', reject: 'Rejected' } as const satisfies Record<
  Review['decision'],
  AssetStatus
>;

/** Nothing, where it is so by now. */
async function decide(
  tx: EntityManager,
  principal: Principal,
  { asset, review, by, at }: { asset: Asset; review: Review; by: 'moderation' | 'owner'; at: Date },
): Promise<void> {
  const status = STATUS[review.decision];
  const reviewReason = review.decision === 'reject' ? review.reason : null;
  if (asset.status === status && asset.reviewReason === reviewReason) return;
  await tx.update(Asset, asset.id, { status, reviewReason, updatedAt: at });
  await recordAuditEvent(tx, principal, {
    action: review.decision === 'publish' ? 'asset_published' : 'asset_rejected',
    at,
    projectId: asset.projectId,
    assetId: asset.id,
    details: { by },
    // In somebody's own words, which may name people.
    ...(reviewReason !== null && { personal: { reason: reviewReason } }),
  });
  if (asset.isPublic) await requestGallery(tx, asset.projectId);
}
