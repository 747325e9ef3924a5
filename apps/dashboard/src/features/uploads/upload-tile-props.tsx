import { formatFileSize } from '@slipway/sdk';
import type { QueueItem, QueueStatus } from '@slipway/sdk/queue';
import { StatusBadge } from '../../ui/status-badge';
import type { TileProps } from '../../ui/tile';

const UPLOADING = <StatusBadge text="Uploading" tone="moving" />;

const BADGES: Record<QueueStatus, TileProps['badge']> = {
  queued: <StatusBadge text="Waiting" tone="moving" />,
  preparing: UPLOADING,
  uploading: UPLOADING,
  waiting: UPLOADING,
  completing: UPLOADING,
  paused: <StatusBadge text="Paused" tone="settled" />,
  error: <StatusBadge text="Not uploaded" tone="failed" />,
  aborted: <StatusBadge text="Cancelled" tone="failed" />,
  done: null,
};

/** A file as the grid shows it before there is an asset. */
export const uploadTileProps = (
  { name, size, type, status, progress }: QueueItem,
  preview: string | null,
): TileProps => ({
  name,
  meta: formatFileSize(size),
  badge: BADGES[status],
  progress: status === 'error' ? undefined : progress,
  picture: { type, fileName: name, preview },
});
