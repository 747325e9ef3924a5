import { IsNull } from 'typeorm';
import type { Deps } from '../shared/deps';
import { Asset } from './asset.entity';
import { hashObject } from './hash-object';

/**
 * Finds out the SHA-256 of an asset that came in parts, which are proven one by one, so that later uploads of the same
 * bytes are known as duplicates. Repeating it is safe.
 */
export async function hashAsset(
  { assetId }: { assetId: string },
  { db, objects }: Pick<Deps, 'db' | 'objects'>,
): Promise<void> {
  const unhashed = { id: assetId, checksumSha256: IsNull(), deletedAt: IsNull() };
  const asset = await db.manager.findOneBy(Asset, unhashed);
  if (!asset) return;
  const checksumSha256 = await hashObject(asset.fileKey, objects);
  await db.manager.update(Asset, unhashed, { checksumSha256 });
}
