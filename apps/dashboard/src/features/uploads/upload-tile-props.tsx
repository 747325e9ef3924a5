import { formatFileSize } from '@slipway/sdk';
import { StatusBadge } from '../../ui/status-badge';
import type { TileProps } from '../../ui/tile';
import type { QueuedUpload } from './upload-queue';

const BADGES = {
  queued: <StatusBadge text="Waiting" tone="moving" />,
  uploading: <StatusBadge text="Uploading" tone="moving" />,
  failed: <StatusBadge text="Not uploaded" tone="failed" />,
  done: null,
};

/** A file as the grid shows it before there is an asset. */
export const uploadTileProps = ({ file, preview, state, progress }: QueuedUpload): TileProps => ({
  name: file.name,
  meta: formatFileSize(file.size),
  badge: BADGES[state],
  progress: state === 'failed' ? undefined : progress,
  picture: { type: file.type, fileName: file.name, preview },
});
