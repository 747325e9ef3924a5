import { formatFileSize } from '@slipway/sdk';
import type { QueuedUpload } from './upload-queue';

/** `4.2 MB · 3.1 MB/s`: the line under a file's name while it is on its way. */
export function describeUpload(
  item: Pick<QueuedUpload, 'state' | 'phase' | 'progress' | 'bytesPerSecond'> & { size: number },
): string {
  const size = formatFileSize(item.size);
  if (item.state === 'queued') return `${size} · waiting its turn`;
  if (item.state === 'done') return `${size} · uploaded`;
  if (item.state === 'failed') return size;
  if (item.phase === 'preparing') return `${size} · preparing`;
  if (item.phase === 'waiting') return `${size} · trying again`;
  if (item.phase === 'completing' || item.progress >= 99) return `${size} · verifying`;
  const speed = item.bytesPerSecond > 0 ? ` · ${formatFileSize(item.bytesPerSecond)}/s` : '';
  return `${size} · ${item.progress}%${speed}`;
}

/** For people who hear the page: counts only, since each percent would be too much. */
export function announceUploads(items: readonly Pick<QueuedUpload, 'state'>[]): string {
  const count = (state: QueuedUpload['state']) => items.filter((item) => item.state === state).length;
  const [waiting, done, failed] = [count('queued') + count('uploading'), count('done'), count('failed')];
  const files = (many: number) => `${many} ${many === 1 ? 'file' : 'files'}`;
  const failures = failed > 0 ? `, ${failed} failed` : '';
  if (waiting > 0) return `Uploading ${files(waiting)}${failures}`;
  return done > 0 ? `${files(done)} uploaded${failures}` : `${files(failed)} not uploaded`;
}
