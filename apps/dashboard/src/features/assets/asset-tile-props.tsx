import { type Asset, formatFileSize } from '@slipway/sdk';
import { formatDay } from '../../ui/format-moment';
import { StatusBadge, StatusMark, toneOfStatus } from '../../ui/status-badge';
import type { TileProps } from '../../ui/tile';

interface AssetTile {
  href: string;
  preview: string | null;
  onThumbnailShown: () => void;
  onThumbnailExpired: () => void;
}

function statusOf(status: Asset['status']): Pick<TileProps, 'badge' | 'mark'> {
  const tone = toneOfStatus(status);
  return tone === 'settled'
    ? { mark: <StatusMark text={status} /> }
    : { badge: <StatusBadge text={status} tone={tone} /> };
}

/** An asset as the grid shows it. */
export const assetTileProps = (asset: Asset, { href, ...picture }: AssetTile): TileProps => ({
  name: asset.name,
  meta: `${formatFileSize(asset.file_size)} · ${formatDay(asset.created_at)}`,
  href,
  ...statusOf(asset.status),
  picture: {
    ...picture,
    type: asset.content_type,
    fileName: asset.file_name,
    thumbnail: asset.thumbnail_url,
  },
});
