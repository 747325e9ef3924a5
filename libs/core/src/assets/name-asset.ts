import { inTransaction } from '@slipway/platform/db/database';
import { Raw } from 'typeorm';
import { recordAuditEvent } from '../audit/record-audit-event';
import type { Deps } from '../shared/deps';
import type { Principal } from '../shared/principal';
import { Asset } from './asset.entity';

/**
 * Gives an asset that the server made by itself, and so called by its file name, the name its client had in mind.
 * One that has another name keeps it.
 */
export async function nameAsset(
  principal: Principal,
  { asset, name }: { asset: Asset; name: string },
  deps: Pick<Deps, 'db' | 'clock'>,
): Promise<Asset> {
  if (asset.name !== asset.fileName || asset.name === name) return asset;
  const at = deps.clock.now();
  return inTransaction(deps.db, async (tx) => {
    const unnamed = { id: asset.id, name: Raw((column) => `${column} = file_name`) };
    const { affected } = await tx.update(Asset, unnamed, { name, updatedAt: at });
    if (affected !== 1) return tx.findOneByOrFail(Asset, { id: asset.id });
    await recordAuditEvent(tx, principal, {
      action: 'renamed',
      at,
      projectId: asset.projectId,
      assetId: asset.id,
      personal: { name },
    });
    return Object.assign(asset, { name, updatedAt: at });
  });
}
