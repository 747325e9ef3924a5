import type { Victim } from '../../support/fault-stage';
import type { CommitCut, StorageCut } from './cut-point';

/** What is wrong in the bucket with an upload that has ended. */
export type Mess = 'stray parts' | 'stray incoming object' | 'stray object' | 'missing rendition';

/** One moment of the comparison of bucket and database at which a process is killed. */
export interface SweepCutPoint {
  title: string;
  victim: Extract<Victim, 'worker' | 'storage'>;
  mess: Mess;
  at: StorageCut | CommitCut;
}

export const SWEEP_CUT_POINTS: readonly SweepCutPoint[] = [
  {
    title: 'before the listing of unfinished uploads',
    victim: 'worker',
    mess: 'stray parts',
    at: { operation: 'ListMultipartUploads', of: 'projects', point: 'before' },
  },
  {
    title: 'before AbortMultipartUpload of stray parts',
    victim: 'worker',
    mess: 'stray parts',
    at: { operation: 'AbortMultipartUpload', of: 'original', point: 'before' },
  },
  {
    title: 'after AbortMultipartUpload of stray parts',
    victim: 'worker',
    mess: 'stray parts',
    at: { operation: 'AbortMultipartUpload', of: 'original', point: 'after' },
  },
  {
    title: 'before DELETE of a stray incoming object',
    victim: 'worker',
    mess: 'stray incoming object',
    at: { operation: 'DeleteObject', of: 'incoming', point: 'before' },
  },
  {
    title: 'during the listing of objects',
    victim: 'worker',
    mess: 'stray object',
    at: { operation: 'ListObjectsV2', of: 'projects', point: 'after' },
  },
  {
    title: 'before DELETE of a stray object',
    victim: 'worker',
    mess: 'stray object',
    at: { operation: 'DeleteObject', of: 'original', point: 'before' },
  },
  {
    title: 'after DELETE of a stray object',
    victim: 'worker',
    mess: 'stray object',
    at: { operation: 'DeleteObject', of: 'original', point: 'after' },
  },
  {
    title: 'before the commit that has a missing rendition made again',
    victim: 'worker',
    mess: 'missing rendition',
    at: { commit: 'before', of: 'qr-code' },
  },
  {
    title: 'after the commit that has a missing rendition made again',
    victim: 'worker',
    mess: 'missing rendition',
    at: { commit: 'after', of: 'qr-code' },
  },
  {
    title: 'during DELETE of a stray object',
    victim: 'storage',
    mess: 'stray object',
    at: { operation: 'DeleteObject', of: 'original', point: 'during' },
  },
];
