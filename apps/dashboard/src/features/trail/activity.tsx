import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { EventRow } from '../../ui/event-row';
import { Rows, RowsState } from '../../ui/rows';
import { usePeople } from '../../ui/use-people';

const PAGE_SIZE = 20;

/** Whose activity is shown. */
export type ActivityOf = { assetId: string } | { projectId: string };

export type NameOf = (actorId: string) => string | undefined;

function useActivity(of: ActivityOf) {
  const { audit } = usePeople();
  return useInfiniteQuery({
    queryKey: ['activity', of],
    queryFn: ({ pageParam, signal }) => {
      const page = { limit: PAGE_SIZE, ...(pageParam && { cursor: pageParam }) };
      return 'assetId' in of
        ? audit.ofAsset(of.assetId, page, { signal })
        : audit.ofProject(of.projectId, page, { signal });
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.next_cursor,
    staleTime: 0,
  });
}

export function Activity({ of, nameOf }: { of: ActivityOf; nameOf: NameOf }) {
  const { data, isPending, error, hasNextPage, isFetchingNextPage, fetchNextPage } = useActivity(of);
  const events = data?.pages.flatMap((page) => page.data) ?? [];
  return (
    <>
      <RowsState
        isPending={isPending}
        error={error}
        empty={data && events.length === 0 && 'Nothing has happened yet.'}
      />
      {events.length > 0 && (
        <Rows label="Activity">
          {events.map((event) => (
            <EventRow key={event.id} event={event} actorName={nameOf(event.actor.id)} />
          ))}
        </Rows>
      )}
      {hasNextPage && (
        <Button variant="default" size="xs" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          Show earlier
        </Button>
      )}
    </>
  );
}
