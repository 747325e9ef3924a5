import { IconChecks } from '@tabler/icons-react';
import { ErrorNote } from '../../ui/error-note';
import { LoadMore } from '../../ui/load-more';
import { Notice } from '../../ui/notice';
import { TileGridSkeleton } from '../../ui/tile-grid';
import { useModeration } from './admin-queries';
import { ModerationCard } from './moderation-card';
import classes from './admin.module.css';

export function ModerationRoom() {
  const queue = useModeration();
  const items = queue.data?.pages.flatMap((page) => page.data) ?? [];
  if (queue.isPending) return <TileGridSkeleton />;
  if (!queue.data) {
    const retry = () => void queue.refetch();
    return <ErrorNote title="The queue could not be loaded" error={queue.error} onRetry={retry} />;
  }
  if (items.length === 0) {
    return (
      <Notice
        icon={<IconChecks size={38} stroke={1.3} />}
        title="Nothing waits"
        text="Files of projects with a review appear here until somebody has decided on them."
      />
    );
  }
  return (
    <>
      <ul className={classes.queue} aria-label="Waiting for a decision">
        {items.map((asset) => (
          <ModerationCard key={asset.id} asset={asset} />
        ))}
      </ul>
      {queue.hasNextPage && (
        <LoadMore loading={queue.isFetchingNextPage} onMore={() => void queue.fetchNextPage()} />
      )}
    </>
  );
}
