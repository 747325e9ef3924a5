import type { Asset } from '../client/wire.js';
import type { SlipwayError } from '../errors/slipway-error.js';
import type { UploadHandle } from '../upload/upload-handle.js';
import type { UploadOptions } from '../upload/upload-options.js';

/** That of the upload; `queued` before there is one. */
export type QueueStatus = UploadHandle['status'];

/** One file of a queue. Never changed: another object takes its place, so that comparing the two tells a change. */
export interface QueueItem {
  /** Unique in this page, and the same for as long as the file is in the queue. */
  readonly id: string;
  readonly projectId: string;
  /** Null once it is uploaded, so that the browser can let go of it. */
  readonly file: Blob | null;
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  readonly type: string;
  readonly status: QueueStatus;
  /** 0 to 100, whole numbers; 100 only once the asset is there. */
  readonly progress: number;
  /** Bytes. */
  readonly loaded: number;
  readonly bytesPerSecond: number;
  /** Null while the speed is unknown. */
  readonly etaSeconds: number | null;
  /** Why it failed; null after an abort. */
  readonly error: SlipwayError | null;
  readonly asset: Asset | null;
}

export type QueueCounts = Readonly<Record<QueueStatus, number>>;

/** A queue at one moment. The same object until something changes. */
export interface QueueSnapshot {
  /** In the order they were added. Of those that are done, the latest `keepDone`. */
  readonly items: readonly QueueItem[];
  /** How many there are of each status; `done` counts those too that `items` no longer lists. */
  readonly counts: QueueCounts;
  /** Bytes of all files but the failed and aborted ones, and how many of those have been sent. */
  readonly total: number;
  readonly loaded: number;
  /** The same as 0 to 100, whole numbers; 100 only when nothing is left to do. */
  readonly progress: number;
  /** Something is under way or waits for its turn. */
  readonly uploading: boolean;
  /** No further file is started until `resumeAll()`. */
  readonly paused: boolean;
}

/** What all files of one `add` share: where they go, and how. */
export type QueueUploadOptions = Omit<UploadOptions, 'file' | 'fileName' | 'name'>;

export const NEW = Object.freeze({
  status: 'queued',
  progress: 0,
  loaded: 0,
  bytesPerSecond: 0,
  etaSeconds: null,
  error: null,
  asset: null,
} satisfies Partial<QueueItem>);

export const ENDED: ReadonlySet<QueueStatus> = new Set(['done', 'error', 'aborted']);
