import type { ReviewInput } from '@slipway/sdk';
import type { TierInput, UpdateUserInput } from '@slipway/sdk/admin';
import type { AuditFilter } from '@slipway/sdk/people';
import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { useAdmin } from '../../ui/use-people';

const USERS = ['admin', 'users'];
const TIERS = ['admin', 'tiers'];
const QUEUE = ['admin', 'moderation'];

const pages = {
  initialPageParam: '',
  getNextPageParam: (page: { next_cursor: string | null }) => page.next_cursor,
};
const from = (cursor: string, limit: number) => ({ limit, ...(cursor && { cursor }) });

export function useUsers(search: string) {
  const admin = useAdmin();
  return useInfiniteQuery({
    ...pages,
    queryKey: [...USERS, search],
    queryFn: ({ pageParam, signal }) =>
      admin.users({ ...from(pageParam, 50), ...(search && { search }) }, { signal }),
    placeholderData: keepPreviousData,
  });
}

export function useUserChange(userId: string) {
  const admin = useAdmin();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (input: UpdateUserInput) => admin.updateUser(userId, input),
    onSuccess: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: USERS }),
        queries.invalidateQueries({ queryKey: TIERS }),
      ]),
  });
}

export function useTiers() {
  const admin = useAdmin();
  return useQuery({ queryKey: TIERS, queryFn: ({ signal }) => admin.tiers({ signal }) });
}

export function useTierChange() {
  const admin = useAdmin();
  const queries = useQueryClient();
  const onSuccess = () => queries.invalidateQueries({ queryKey: TIERS });
  return {
    save: useMutation({
      mutationFn: ({ name, input }: { name: string; input: TierInput }) => admin.saveTier(name, input),
      onSuccess,
    }),
    remove: useMutation({ mutationFn: (name: string) => admin.deleteTier(name), onSuccess }),
  };
}

export function useModeration() {
  const admin = useAdmin();
  return useInfiniteQuery({
    ...pages,
    queryKey: QUEUE,
    queryFn: ({ pageParam, signal }) => admin.moderation(from(pageParam, 24), { signal }),
  });
}

export function useDecide() {
  const admin = useAdmin();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ assetId, input }: { assetId: string; input: ReviewInput }) => admin.decide(assetId, input),
    onSuccess: () => queries.invalidateQueries({ queryKey: QUEUE }),
  });
}

export function useAuditSearch(filter: AuditFilter) {
  const admin = useAdmin();
  return useInfiniteQuery({
    ...pages,
    queryKey: ['admin', 'audit', filter],
    queryFn: ({ pageParam, signal }) => admin.audit({ ...filter, ...from(pageParam, 50) }, { signal }),
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
}
