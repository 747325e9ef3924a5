import type { CreateShareInput } from '@slipway/sdk/people';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { usePeople } from '../../ui/use-people';

const sharesKey = (assetId: string) => ['shares', assetId];
const galleryKey = (projectId: string) => ['gallery', projectId];

export function useShares(assetId: string) {
  const { shares } = usePeople();
  return useQuery({
    queryKey: sharesKey(assetId),
    queryFn: async ({ signal }) => {
      const { data } = await shares.list(assetId, { limit: 100 }, { signal });
      return data.filter(({ revoked_at }) => revoked_at === null);
    },
  });
}

export function useShareChange(assetId: string) {
  const { shares } = usePeople();
  const queries = useQueryClient();
  const settled = () => queries.invalidateQueries({ queryKey: sharesKey(assetId) });
  return {
    create: useMutation({
      mutationFn: (input: CreateShareInput) => shares.create(assetId, input),
      onSuccess: settled,
    }),
    revoke: useMutation({
      mutationFn: (shareId: string) => shares.revoke(assetId, shareId),
      onSuccess: settled,
    }),
  };
}

export function useSharedWithMe() {
  const { shares } = usePeople();
  return useInfiniteQuery({
    queryKey: ['shared-with-me'],
    queryFn: ({ pageParam, signal }) =>
      shares.withMe({ limit: 60, ...(pageParam && { cursor: pageParam }) }, { signal }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next_cursor,
  });
}

export function useGallery(projectId: string) {
  const { galleries } = usePeople();
  return useQuery({
    queryKey: galleryKey(projectId),
    queryFn: ({ signal }) => galleries.get(projectId, { signal }),
  });
}

export function useGalleryChange(projectId: string) {
  const { galleries } = usePeople();
  const queries = useQueryClient();
  const settled = () => queries.resetQueries({ queryKey: galleryKey(projectId) });
  return {
    open: useMutation({ mutationFn: (slug: string) => galleries.open(projectId, slug), onSuccess: settled }),
    close: useMutation({ mutationFn: () => galleries.close(projectId), onSuccess: settled }),
  };
}
