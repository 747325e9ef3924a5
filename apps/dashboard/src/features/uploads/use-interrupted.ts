import type { PendingUpload } from '@slipway/sdk';
import { useSlipwayClient } from '@slipway/sdk/react';
import { useQuery } from '@tanstack/react-query';
import { leftToDo } from './describe-upload';
import { useUploadsSnapshot } from './uploads-context';

/** Large uploads into a project that a reload or a crash has cut short, and that nobody has taken up again. */
export function useInterrupted(projectId: string): PendingUpload[] {
  const client = useSlipwayClient();
  const { items, counts } = useUploadsSnapshot();
  const busy = leftToDo(counts) > 0;
  const { data: pending = [] } = useQuery({
    // What is under way is among the unfinished ones too, and so the list is another after it.
    queryKey: ['uploads', 'interrupted', projectId, busy],
    queryFn: () => client.pendingUploads(projectId),
    staleTime: 0,
    gcTime: 0,
  });
  return pending.filter(
    ({ fileName, fileSize }) => !items.some(({ name, size }) => name === fileName && size === fileSize),
  );
}
