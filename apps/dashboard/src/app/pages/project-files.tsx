import { IconPhotoOff } from '@tabler/icons-react';
import { useCallback, useMemo } from 'react';
import { assetsOf } from '../../features/assets/asset-pages';
import { useAssets, useFollowProcessing } from '../../features/assets/asset-queries';
import { DropPanel } from '../../features/uploads/drop-panel';
import { InterruptedNote } from '../../features/uploads/interrupted-note';
import { ErrorNote } from '../../ui/error-note';
import { LoadMore } from '../../ui/load-more';
import { Notice } from '../../ui/notice';
import { Tile } from '../../ui/tile';
import { TileGrid, TileGridSkeleton } from '../../ui/tile-grid';
import classes from './project-page.module.css';
import { useProjectTiles } from './use-project-tiles';

interface ProjectFilesProps {
  projectId: string;
  /** Null while it is not known. */
  mayAdd: boolean | null;
}

/** The project's drop zone and grid. */
export function ProjectFiles({ projectId, mayAdd }: ProjectFilesProps) {
  const { data, error, isPending, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } =
    useAssets(projectId);
  const assets = useMemo(() => assetsOf(data), [data]);
  const renew = useCallback(() => void refetch(), [refetch]);
  useFollowProcessing(projectId, assets);
  const tiles = useProjectTiles({ projectId, assets, onExpired: renew });
  return (
    <div className={classes.files}>
      {mayAdd !== false && <InterruptedNote projectId={projectId} />}
      {mayAdd !== false && <DropPanel roomy={!isPending && tiles.length === 0} />}
      {mayAdd === false && data && tiles.length === 0 && (
        <Notice
          icon={<IconPhotoOff size={38} stroke={1.3} />}
          title="No files yet"
          text="What others add to this project appears here."
        />
      )}
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
