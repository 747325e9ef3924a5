import type { Asset } from '@slipway/sdk';
import { assetTileProps } from '../../features/assets/asset-tile-props';
import { pickTiles } from '../../features/uploads/pick-shown';
import { uploadTileProps } from '../../features/uploads/upload-tile-props';
import { useUploads, useUploadsSnapshot } from '../../features/uploads/uploads-context';
import type { TileProps } from '../../ui/tile';
import { assetHref } from '../places';

export interface KeyedTile {
  key: string;
  props: TileProps;
}

/** Of each kind: of thousands on their way the grid shows the next ones. */
const TILES_OF_EACH = 12;

/** What is on its way, then what is there. A file keeps its key when it becomes an asset, and so its element. */
export function useProjectTiles(
  projectId: string,
  assets: readonly Asset[],
  onExpired: () => void,
): KeyedTile[] {
  const { previews } = useUploads();
  const { items } = useUploadsSnapshot();
  const underWay = pickTiles(items, projectId, TILES_OF_EACH).map((item) => ({
    key: item.id,
    props: uploadTileProps(item, previews.of(item)),
  }));
  const there = assets.map((asset) => ({
    key: previews.originOf(asset.id) ?? asset.id,
    props: assetTileProps(asset, {
      href: assetHref(projectId, asset.id),
      preview: previews.ofAsset(asset.id),
      onThumbnailShown: () => previews.release(asset.id),
      onThumbnailExpired: onExpired,
    }),
  }));
  return [...underWay, ...there];
}
