import type { AddMemberInput, ProjectRole } from '@slipway/sdk/people';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { usePeople } from '../../ui/use-people';

const membersKey = (projectId: string) => ['members', projectId];
const invitationsKey = (projectId: string) => ['invitations', projectId];
const MINE = ['invitations', 'mine'];

export function useMembers(projectId: string) {
  const { members } = usePeople();
  return useInfiniteQuery({
    queryKey: membersKey(projectId),
    queryFn: ({ pageParam, signal }) =>
      members.list(projectId, { limit: 100, ...(pageParam && { cursor: pageParam }) }, { signal }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next_cursor,
  });
}

export function useInvitations(projectId: string) {
  const { members } = usePeople();
  return useQuery({
    queryKey: invitationsKey(projectId),
    queryFn: ({ signal }) => members.invitations(projectId, { signal }),
  });
}

/** Whatever changes people: the lists are asked for anew, and nothing is shown before it is so. */
export function usePeopleChange(projectId: string) {
  const { members } = usePeople();
  const queries = useQueryClient();
  const settled = () =>
    Promise.all(
      [membersKey(projectId), invitationsKey(projectId)].map((queryKey) =>
        queries.invalidateQueries({ queryKey }),
      ),
    );
  return {
    add: useMutation({
      mutationFn: (input: AddMemberInput) => members.add(projectId, input),
      onSuccess: settled,
    }),
    setRole: useMutation({
      mutationFn: ({ userId, role }: { userId: string; role: ProjectRole }) =>
        members.setRole({ project_id: projectId, user_id: userId }, role),
      onSuccess: settled,
    }),
    remove: useMutation({
      mutationFn: (userId: string) => members.remove(projectId, userId),
      onSuccess: settled,
    }),
    withdraw: useMutation({
      mutationFn: (invitationId: string) => members.withdraw(projectId, invitationId),
      onSuccess: settled,
    }),
  };
}

export function useMyInvitations() {
  const { invitations } = usePeople();
  return useQuery({ queryKey: MINE, queryFn: ({ signal }) => invitations.list({ signal }) });
}

export function useAnswerInvitation() {
  const { invitations } = usePeople();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, accept }: { id: string; accept: boolean }) => invitations.answer(id, accept),
    onSuccess: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: MINE }),
        queries.invalidateQueries({ queryKey: ['projects'] }),
      ]),
  });
}
