import type { EntityManager } from 'typeorm';
import { Asset } from './asset.entity';

/** The asset as it is now, and nobody else's to change until the transaction ends; null when it has been deleted. */
export function lockAsset(tx: EntityManager, assetId: string): Promise<Asset | null> {
  return tx
    .createQueryBuilder(Asset, 'a')
    .setLock('pessimistic_write')
    .where('a.id = :assetId and a.deletedAt is null', { assetId })
    .getOne();
}
