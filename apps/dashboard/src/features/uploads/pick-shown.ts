import type { QueueItem } from '@slipway/sdk/queue';

/** In the order of what asks for attention first; what needs none comes last. */
const RANKS = ['failed', 'moving', 'waiting', 'done'] as const;
type Rank = (typeof RANKS)[number];

function rankOf({ status, loaded }: QueueItem): Rank | null {
  if (status === 'error') return 'failed';
  // One that was paused queues again, and its row must not jump away from under the finger.
  if (status === 'queued' && loaded === 0) return 'waiting';
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
    const full = picked[rank].length === ofEach;
    if (full && rank !== 'done') continue;
    if (full) picked.done.shift();
    picked[rank].push(item);
  }
  return RANKS.flatMap((rank) => picked[rank]);
}

/** The files of a project that are on their way or failed, the next one to become an asset last. */
export function pickTiles(items: readonly QueueItem[], projectId: string, ofEach: number): QueueItem[] {
  const own = items.filter((item) => item.projectId === projectId && item.status !== 'done');
  const picked = new Set(pickShown(own, ofEach));
  return own.filter((item) => picked.has(item)).reverse();
}
