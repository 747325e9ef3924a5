import type { Asset, ReviewInput, UpdateAssetInput } from '@slipway/sdk';
import { useSlipwayClient } from '@slipway/sdk/react';
import {
  type QueryClient,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { type AssetPages, mergeAssets, removeAsset } from './asset-pages';
import { lookFor } from './look-for';
import { looksAfterChange, pollDelay } from './poll-delay';

const PAGE_SIZE = 60;
/** So many that came by themselves, and the list is asked for anew: with thousands on top it would grow without end. */
const MOST_FRESH = 120;

const listKey = (projectId: string) => ['assets', 'list', projectId] as const;
const oneKey = (assetId: string) => ['assets', 'one', assetId] as const;

export function useAssets(projectId: string) {
  const { assets } = useSlipwayClient();
  return useInfiniteQuery({
    queryKey: listKey(projectId),
    queryFn: ({ pageParam: cursor, signal }) =>
      assets.list({ project_id: projectId, limit: PAGE_SIZE, ...(cursor && { cursor }) }, { signal }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next_cursor,
  });
}

/** Shows fresh assets in the lists that are loaded, without asking for those again. */
export function putAssets(queries: QueryClient, projectId: string, fresh: readonly Asset[]): void {
  const key = listKey(projectId);
  const batches = () =>
    Math.floor((queries.getQueryData<AssetPages>(key)?.pages[0]?.data.length ?? 0) / MOST_FRESH);
  const before = batches();
  queries.setQueryData<AssetPages>(key, (pages) => pages && mergeAssets(pages, fresh));
  for (const asset of fresh) queries.setQueryData<Asset>(oneKey(asset.id), (known) => known && asset);
  if (batches() > before) void queries.invalidateQueries({ queryKey: key }, { cancelRefetch: false });
}

function dropAsset(queries: QueryClient, projectId: string, assetId: string): void {
  queries.setQueryData<AssetPages>(listKey(projectId), (pages) => pages && removeAsset(pages, assetId));
}

/** One asset; from the list at once where it is known, and asked for anew so that its signed URLs are young. */
export function useAsset(asset: { id: string; known: Asset | undefined }) {
  const { assets } = useSlipwayClient();
  return useQuery({
    queryKey: oneKey(asset.id),
    queryFn: ({ signal }) => assets.get(asset.id, { signal }),
    placeholderData: asset.known,
  });
}

/** Looks after what is in the making: ever more rarely, and not while the tab is hidden. */
export function useFollowProcessing(projectId: string, all: readonly Asset[]) {
  const { assets } = useSlipwayClient();
  const queries = useQueryClient();
  const processing = all.filter(({ status }) => status === 'Processing').map(({ id }) => id);
  const waitedFor = processing.join(' ');
  const [looks, setLooks] = useState({ at: waitedFor, count: 0 });
  if (looks.at !== waitedFor) setLooks({ at: waitedFor, count: looksAfterChange(looks, waitedFor) });

  const look = useEffectEvent(async () => {
    // A look that fails is followed by another one; the list itself says when the API is away.
    const seen =
      document.visibilityState === 'visible' &&
      (await lookFor(processing, { assets, projectId }).catch(() => null));
    if (seen) putAssets(queries, projectId, seen.found);
    if (seen) for (const id of seen.gone) dropAsset(queries, projectId, id);
    setLooks(({ at, count }) => ({ at, count: count + 1 }));
  });

  const due = useRef<number | null>(null);
  const files = processing.length;
  useEffect(() => {
    if (waitedFor === '') {
      due.current = null;
      return;
    }
    const now = performance.now();
    // A look that is due is not put off by files that come meanwhile: there may be one each moment for an hour.
    due.current = Math.min(due.current ?? Infinity, now + pollDelay({ looks: looks.count, files }));
    const timer = setTimeout(() => {
      due.current = null;
      void look();
    }, due.current - now);
    return () => clearTimeout(timer);
  }, [waitedFor, files, looks.count]);
}

export function useRenditions(assetId: string, enabled: boolean) {
  const { assets } = useSlipwayClient();
  return useQuery({
    queryKey: ['assets', 'renditions', assetId],
    queryFn: ({ signal }) => assets.renditions(assetId, { signal }),
    enabled,
  });
}

/** A change of one asset that answers what it is now. */
export function useUpdateAsset(assetId: string) {
  const { assets } = useSlipwayClient();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (input: UpdateAssetInput) => assets.update(assetId, input),
    onSuccess: (asset) => putAssets(queries, asset.project_id, [asset]),
  });
}

export function useReviewAsset(assetId: string) {
  const { assets } = useSlipwayClient();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (input: ReviewInput) => assets.review(assetId, input),
    onSuccess: (asset) => putAssets(queries, asset.project_id, [asset]),
  });
}

export function useRotateAsset({ id }: Pick<Asset, 'id'>) {
  const { assets } = useSlipwayClient();
  return useMutation({ mutationFn: () => assets.rotate(id) });
}

export function useDeleteAsset({ id, project_id: projectId }: Pick<Asset, 'id' | 'project_id'>) {
  const { assets } = useSlipwayClient();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => assets.delete(id),
    onSuccess: () => dropAsset(queries, projectId, id),
  });
}
