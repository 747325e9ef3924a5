import type { QueueItem } from '@slipway/sdk/queue';

/** In the order of what asks for attention first; what needs none comes last. */
const RANKS = ['failed', 'moving', 'waiting', 'done'] as const;
type Rank = (typeof RANKS)[number];

function rankOf({ status }: QueueItem): Rank | null {
  if (status === 'error') return 'failed';
  if (status === 'queued') return 'waiting';
  if (status === 'done') return 'done';
  return status === 'aborted' ? null : 'moving';
}

/**
 * A few of each kind, since a list of ten thousand rows helps nobody and costs the page its ease. Of those that are done
 * the latest, of all others the first.
 */
export function pickShown(items: readonly QueueItem[], ofEach: number): QueueItem[] {
  const picked: Record<Rank, QueueItem[]> = { failed: [], moving: [], waiting: [], done: [] };
  for (const item of items) {
    const rank = rankOf(item);
    if (rank === null) continue;
    picked[rank].push(item);
    if (picked[rank].length > ofEach) {
      if (rank === 'done') picked.done.shift();
      else picked[rank].pop();
    }
  }
  return RANKS.flatMap((rank) => picked[rank]);
}

/** The files of a project that are on their way or failed, the next one to become an asset last. */
export const pickTiles = (items: readonly QueueItem[], projectId: string, ofEach: number): QueueItem[] => {
  const shown = pickShown(
    items.filter((item) => item.projectId === projectId && item.status !== 'done'),
    ofEach,
  );
  const order = new Set(shown);
  return items.filter((item) => order.has(item)).reverse();
};
