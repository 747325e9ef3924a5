import { useCallback, useMemo } from 'react';
import { useMembers } from './member-queries';

/** Names of the members behind ids of the audit trail; others stay ids. */
export function useNameOf(projectId: string, myId: string): (actorId: string) => string | undefined {
  const { data } = useMembers(projectId);
  const names = useMemo(
    () => new Map(data?.pages.flatMap((page) => page.data).map(({ user_id, name }) => [user_id, name])),
    [data],
  );
  return useCallback((actorId) => (actorId === myId ? 'You' : names.get(actorId)), [names, myId]);
}
