import { formatFileSize } from '@slipway/sdk';
import type { QueueCounts, QueueItem, QueueSnapshot, QueueStatus } from '@slipway/sdk/queue';

type Described = Pick<QueueItem, 'status' | 'size' | 'loaded' | 'progress' | 'bytesPerSecond' | 'etaSeconds'>;

/** What takes less is over before one has read how long it takes. */
const WORTH_TELLING_S = 4;

/** `3 min left` */
export function describeTimeLeft(seconds: number): string {
  if (seconds < 60) return `${seconds} s left`;
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 60) return `${minutes} min left`;
  const rest = minutes % 60;
  return `${Math.floor(minutes / 60)} h${rest > 0 ? ` ${rest} min` : ''} left`;
}

function describeSending({ progress, bytesPerSecond, etaSeconds }: Described): string {
  const speed = bytesPerSecond > 0 ? `${formatFileSize(bytesPerSecond)}/s` : null;
  const left = etaSeconds !== null && etaSeconds >= WORTH_TELLING_S ? describeTimeLeft(etaSeconds) : null;
  return [`${progress}%`, speed, left].filter((part) => part !== null).join(' · ');
}

function describeState(item: Described, online: boolean): string {
  switch (item.status) {
    case 'queued':
      return 'waiting its turn';
    case 'preparing':
      return 'preparing';
    case 'uploading':
      return item.loaded >= item.size ? 'verifying' : describeSending(item);
    case 'completing':
      return 'verifying';
    case 'waiting':
      return `${item.progress}% · ${online ? 'trying again in a moment' : 'waiting for the connection'}`;
    case 'paused':
      return item.progress > 0 ? `paused at ${item.progress}%` : 'paused';
    case 'done':
      return 'uploaded';
    case 'aborted':
      return 'cancelled';
    case 'error':
      return 'not uploaded';
  }
}

/** `4.2 MB · 40% · 3.1 MB/s`: the line under a file's name while it is on its way. */
export const describeUpload = (item: Described, { online }: { online: boolean }): string =>
  `${formatFileSize(item.size)} · ${describeState(item, online)}`;

const UNDER_WAY: readonly QueueStatus[] = ['queued', 'preparing', 'uploading', 'waiting', 'completing'];

const under = (counts: QueueCounts): number => UNDER_WAY.reduce((sum, status) => sum + counts[status], 0);

/** Files that neither arrived nor failed. */
export const leftToDo = (counts: QueueCounts): number => under(counts) + counts.paused;

const files = (many: number): string => `${many.toLocaleString('en')} ${many === 1 ? 'file' : 'files'}`;

/** The tray's head, and what people hear who hear the page: counts only, since each percent would be too much. */
export function announceUploads({ counts, paused }: Pick<QueueSnapshot, 'counts' | 'paused'>): string {
  const { done, error } = counts;
  const left = leftToDo(counts);
  const failures = error > 0 ? `, ${error.toLocaleString('en')} failed` : '';
  if (left > 0) return `${paused || under(counts) === 0 ? 'Paused' : 'Uploading'} ${files(left)}${failures}`;
  return done > 0 ? `${files(done)} uploaded${failures}` : `${files(error)} not uploaded`;
}
