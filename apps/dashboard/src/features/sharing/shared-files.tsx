import { formatFileSize } from '@slipway/sdk';
import type { SharedAsset } from '@slipway/sdk/people';
import { IconUsersGroup } from '@tabler/icons-react';
import { useState } from 'react';
import { ErrorNote } from '../../ui/error-note';
import { formatDay, formatUntil } from '../../ui/format-moment';
import { LoadMore } from '../../ui/load-more';
import { Notice } from '../../ui/notice';
import { Tile } from '../../ui/tile';
import { TileGrid, TileGridSkeleton } from '../../ui/tile-grid';
import { useSharedWithMe } from './share-queries';
import { SharedFile } from './shared-file';

const nothing = (
  <Notice
    icon={<IconUsersGroup size={38} stroke={1.3} />}
    title="Nothing yet"
    text="What people share with your address appears here."
  />
);

const untilOf = ({ shared_until: until, shared_at: at }: SharedAsset): string =>
  until === null ? `shared ${formatDay(at)}` : `until ${formatUntil(until)}`;

export function SharedFiles() {
  const list = useSharedWithMe();
  const [openId, setOpenId] = useState<string | null>(null);
  const assets = list.data?.pages.flatMap((page) => page.data) ?? [];
  if (list.isPending) return <TileGridSkeleton />;
  if (!list.data) {
    return (
      <ErrorNote
        title="What was shared with you could not be loaded"
        error={list.error}
        onRetry={() => void list.refetch()}
      />
    );
  }
  if (assets.length === 0) return nothing;
  return (
    <>
      <TileGrid label="Files">
        {assets.map((asset) => (
          <Tile
            key={asset.id}
            name={asset.name}
            meta={`${formatFileSize(asset.file_size)} · ${untilOf(asset)}`}
            onOpen={() => setOpenId(asset.id)}
            picture={{
              type: asset.content_type,
              fileName: asset.file_name,
              thumbnail: asset.thumbnail_url,
              onThumbnailExpired: () => void list.refetch(),
            }}
          />
        ))}
      </TileGrid>
      {list.hasNextPage && (
        <LoadMore loading={list.isFetchingNextPage} onMore={() => void list.fetchNextPage()} />
      )}
      <SharedFile asset={assets.find(({ id }) => id === openId) ?? null} onClose={() => setOpenId(null)} />
    </>
  );
}
