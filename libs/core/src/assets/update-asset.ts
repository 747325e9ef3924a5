import { inTransaction } from '@slipway/platform/db/database';
import { recordAuditEvents } from '../audit/record-audit-event';
import { requestGallery } from '../galleries/request-gallery';
import type { AuditFacts } from '../shared/audit-writer';
import type { Deps } from '../shared/deps';
import { DomainError } from '../shared/errors';
import { nameFault } from '../shared/file-name';
import type { Principal } from '../shared/principal';
import { Asset } from './asset.entity';
import { lockAsset } from './lock-asset';
import { noSuchAsset, requireAsset } from './require-asset';

/** What is left out stays as it is. */
export interface AssetChange {
  name?: string;
  isPublic?: boolean;
  /** Null: never. */
  expiresAt?: Date | null;
}

/**
 * Changes what people call an asset and who sees it; each change that is one is on record by itself. Fails with
 * `not_found`, `forbidden`, `project_archived`, and with `invalid_request` for a name that no upload could have.
 */
export async function updateAsset(
  principal: Principal,
  { assetId, change }: { assetId: string; change: AssetChange },
  deps: Pick<Deps, 'db' | 'clock'>,
): Promise<void> {
  await requireAsset(principal, { assetId, right: 'assets.write' }, deps);
  if (change.name !== undefined) assertName(change.name);
  const at = deps.clock.now();
  await inTransaction(deps.db, async (tx) => {
    const asset = await lockAsset(tx, assetId);
    if (!asset) throw noSuchAsset();
    const facts = factsOf(asset, change, at);
    if (facts.length === 0) return;
    await tx.update(Asset, assetId, { ...change, updatedAt: at });
    await recordAuditEvents(tx, principal, facts);
    if (asset.isPublic || change.isPublic) await requestGallery(tx, asset.projectId);
  });
}

function assertName(name: string): void {
  const message = nameFault(name);
  if (message === null) return;
  throw new DomainError('invalid_request', 'An asset cannot be called so.', {
    errors: [{ field: 'name', message }],
  });
}

function factsOf(asset: Asset, { name, isPublic, expiresAt }: AssetChange, at: Date): AuditFacts[] {
  const about = { at, projectId: asset.projectId, assetId: asset.id };
  const facts: AuditFacts[] = [];
  if (name !== undefined && name !== asset.name) {
    facts.push({ ...about, action: 'renamed', personal: { name } });
  }
  if (isPublic !== undefined && isPublic !== asset.isPublic) {
    facts.push({ ...about, action: isPublic ? 'published_to_all' : 'made_private' });
  }
  if (expiresAt !== undefined && expiresAt?.getTime() !== asset.expiresAt?.getTime()) {
    facts.push({
      ...about,
      action: 'expiry_set',
      details: { expires_at: expiresAt?.toISOString() ?? null },
    });
  }
  return facts;
}
