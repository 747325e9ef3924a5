import type { QueueCounts } from '@slipway/sdk/queue';
import { announceUploads, describeTimeLeft, describeUpload } from './describe-upload';

const item = {
  status: 'uploading',
  size: 4_404_019,
  loaded: 1_761_607,
  progress: 40,
  bytesPerSecond: 0,
  etaSeconds: null,
} as const;
const online = { online: true };

const NONE: QueueCounts = {
  queued: 0,
  preparing: 0,
  uploading: 0,
  waiting: 0,
  paused: 0,
  completing: 0,
  done: 0,
  error: 0,
  aborted: 0,
};
const announce = (counts: Partial<QueueCounts>, paused = false) =>
  announceUploads({ counts: { ...NONE, ...counts }, paused });

describe('an upload in words', () => {
  it('shows progress and, once known, speed', () => {
    expect(describeUpload(item, online)).toBe('4.2 MB · 40%');
    const fast = { ...item, bytesPerSecond: 1024 * 1024, etaSeconds: 3 };
    expect(describeUpload(fast, online)).toBe('4.2 MB · 40% · 1 MB/s');
  });

  it('says how long a large file still takes', () => {
    const large = { ...item, bytesPerSecond: 1024 * 1024, etaSeconds: 130 };
    expect(describeUpload(large, online)).toBe('4.2 MB · 40% · 1 MB/s · 3 min left');
    expect([4, 59, 60, 3_541, 7_300].map(describeTimeLeft)).toEqual([
      '4 s left',
      '59 s left',
      '1 min left',
      '1 h left',
      '2 h 2 min left',
    ]);
  });

  it('says that the server verifies when all bytes are there, and not before', () => {
    expect(describeUpload({ ...item, loaded: item.size, progress: 99 }, online)).toBe('4.2 MB · verifying');
    expect(describeUpload({ ...item, status: 'completing', progress: 99 }, online)).toBe(
      '4.2 MB · verifying',
    );
    expect(describeUpload({ ...item, progress: 99 }, online)).toBe('4.2 MB · 99%');
  });

  it('tells a line that is down from another try', () => {
    const waiting = { ...item, status: 'waiting' } as const;
    expect(describeUpload(waiting, online)).toBe('4.2 MB · 40% · trying again in a moment');
    expect(describeUpload(waiting, { online: false })).toBe('4.2 MB · 40% · waiting for the connection');
  });

  it('says where it was paused', () => {
    expect(describeUpload({ ...item, status: 'paused' }, online)).toBe('4.2 MB · paused at 40%');
    expect(describeUpload({ ...item, status: 'paused', progress: 0 }, online)).toBe('4.2 MB · paused');
  });

  it('counts for the ear what is under way, and what became of it', () => {
    expect(announce({ queued: 1, uploading: 1, error: 1 })).toBe('Uploading 2 files, 1 failed');
    expect(announce({ done: 1 })).toBe('1 file uploaded');
    expect(announce({ done: 1, error: 1 })).toBe('1 file uploaded, 1 failed');
    expect(announce({ error: 2 })).toBe('2 files not uploaded');
    expect(announce({ queued: 9_997, uploading: 3 })).toBe('Uploading 10,000 files');
    expect(announce({ queued: 9_997, paused: 3 }, true)).toBe('Paused 10,000 files');
    expect(announce({ paused: 1, done: 4 })).toBe('Paused 1 file');
  });
});
