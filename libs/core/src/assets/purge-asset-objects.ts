import { objectKey } from '@slipway/platform/object-store/object-key';
import type { Deps } from '../shared/deps';
import { Asset } from './asset.entity';

/** Deletes everything stored for a deleted asset, the original and what was derived. Repeating it is safe. */
export async function purgeAssetObjects(
  { assetId }: { assetId: string },
  deps: Pick<Deps, 'db' | 'objects'>,
): Promise<void> {
  const asset = await deps.db.manager.findOneBy(Asset, { id: assetId });
  if (!asset?.deletedAt) return;
  const prefix = objectKey.assetPrefix(asset.projectId, asset.id);
  for (let after: string | null | undefined; after !== null;) {
    const page = await deps.objects.list(prefix, after === undefined ? {} : { after });
    for (const object of page.objects) await deps.objects.delete(object.key);
    after = page.next;
  }
}
