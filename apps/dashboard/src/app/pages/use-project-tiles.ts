import type { Asset } from '@slipway/sdk';
import { useMemo, useSyncExternalStore } from 'react';
import { assetTileProps } from '../../features/assets/asset-tile-props';
import { pickTiles } from '../../features/uploads/pick-shown';
import type { Previews } from '../../features/uploads/previews';
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

interface TilesOf {
  projectId: string;
  assets: readonly Asset[];
  onExpired: () => void;
}

function assetTiles({ projectId, assets, onExpired }: TilesOf, previews: Previews): KeyedTile[] {
  return assets.map((asset) => ({
    key: previews.originOf(asset.id) ?? asset.id,
    props: assetTileProps(asset, {
      href: assetHref(projectId, asset.id),
      preview: previews.ofAsset(asset.id),
      onThumbnailShown: () => previews.release(asset.id),
      onThumbnailExpired: onExpired,
    }),
  }));
}

/** What is on its way, then what is there. A file keeps its key when it becomes an asset, and so its element. */
export function useProjectTiles({ projectId, assets, onExpired }: TilesOf): KeyedTile[] {
  const { previews } = useUploads();
  const { items } = useUploadsSnapshot();
  const released = useSyncExternalStore(previews.subscribe, previews.released);
  // The same objects while uploads move on, so that only the tiles of those are drawn again.
  const there = useMemo(
    () => assetTiles({ projectId, assets, onExpired }, previews),
    // oxlint-disable-next-line react/exhaustive-deps -- a released preview is read anew from the same object
    [projectId, assets, onExpired, previews, released],
  );
  const underWay = pickTiles(items, projectId, TILES_OF_EACH).map((item) => ({
    key: item.id,
    props: uploadTileProps(item, previews.of(item)),
  }));
  return [...underWay, ...there];
}
