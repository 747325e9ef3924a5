import { useCallback, useMemo } from 'react';
import { assetsOf } from '../../features/assets/asset-pages';
import { useAssets, useFollowProcessing } from '../../features/assets/asset-queries';
import { DropPanel } from '../../features/uploads/drop-panel';
import { InterruptedNote } from '../../features/uploads/interrupted-note';
import { ErrorNote } from '../../ui/error-note';
import { LoadMore } from '../../ui/load-more';
import { Tile } from '../../ui/tile';
import { TileGrid, TileGridSkeleton } from '../../ui/tile-grid';
import classes from './project-page.module.css';
import { useProjectTiles } from './use-project-tiles';

/** The project's drop zone and grid. */
export function ProjectFiles({ projectId }: { projectId: string }) {
  const { data, error, isPending, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } =
    useAssets(projectId);
  const assets = useMemo(() => assetsOf(data), [data]);
  const renew = useCallback(() => void refetch(), [refetch]);
  useFollowProcessing(projectId, assets);
  const tiles = useProjectTiles({ projectId, assets, onExpired: renew });
  return (
    <div className={classes.files}>
      <InterruptedNote projectId={projectId} />
      <DropPanel roomy={!isPending && tiles.length === 0} />
      {tiles.length > 0 && (
        <TileGrid label="Files">
          {tiles.map(({ key, props }) => (
            <Tile key={key} {...props} />
          ))}
        </TileGrid>
      )}
      {isPending && <TileGridSkeleton />}
      {error && !data && <ErrorNote title="The files could not be loaded" error={error} onRetry={renew} />}
      {hasNextPage && <LoadMore loading={isFetchingNextPage} onMore={() => void fetchNextPage()} />}
    </div>
  );
}
