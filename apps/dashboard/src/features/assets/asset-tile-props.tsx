import { type Asset, formatFileSize } from '@slipway/sdk';
import { formatDay } from '../../ui/format-moment';
import { StatusBadge, StatusMark } from '../../ui/status-badge';
import type { TileProps } from '../../ui/tile';
import { standingOf } from './asset-standing';

interface AssetTile {
  href: string;
  preview: string | null;
  onThumbnailShown: () => void;
  onThumbnailExpired: () => void;
}

function statusOf(asset: Asset): Pick<TileProps, 'badge' | 'mark'> {
  const { text, tone } = standingOf(asset);
  return tone === 'settled'
    ? { mark: <StatusMark text={asset.is_public ? 'Public' : text} /> }
    : { badge: <StatusBadge text={text} tone={tone} /> };
}

/** An asset as the grid shows it. */
export const assetTileProps = (asset: Asset, { href, ...picture }: AssetTile): TileProps => ({
  name: asset.name,
  meta: `${formatFileSize(asset.file_size)} · ${formatDay(asset.created_at)}`,
  href,
  ...statusOf(asset),
  picture: {
    ...picture,
    type: asset.content_type,
    fileName: asset.file_name,
    thumbnail: asset.thumbnail_url,
  },
});
