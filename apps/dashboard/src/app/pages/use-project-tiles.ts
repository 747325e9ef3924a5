import type { Asset } from '@slipway/sdk';
import { assetTileProps } from '../../features/assets/asset-tile-props';
import { uploadTileProps } from '../../features/uploads/upload-tile-props';
import { useQueuedUploads, useUploadQueue } from '../../features/uploads/uploads-context';
import type { TileProps } from '../../ui/tile';
import { assetHref } from '../places';

export interface KeyedTile {
  key: string;
  props: TileProps;
}

/** What is on its way, then what is there. A file keeps its key when it becomes an asset, and so its element. */
export function useProjectTiles(
  projectId: string,
  assets: readonly Asset[],
  onExpired: () => void,
): KeyedTile[] {
  const queue = useUploadQueue();
  const items = useQueuedUploads();
  const previews = new Map(items.map(({ asset, preview }) => [asset?.id, preview]));
  const underWay = items
    .filter((item) => item.projectId === projectId && item.state !== 'done' && !item.dismissed)
    .map((item) => ({ key: item.id, props: uploadTileProps(item) }))
    .reverse();
  const there = assets.map((asset) => ({
    key: queue.originOf(asset.id) ?? asset.id,
    props: assetTileProps(asset, {
      href: assetHref(projectId, asset.id),
      preview: previews.get(asset.id) ?? null,
      onThumbnailShown: () => queue.releasePreview(asset.id),
      onThumbnailExpired: onExpired,
    }),
  }));
  return [...underWay, ...there];
}
