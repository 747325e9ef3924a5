import type { Asset } from '../client/wire.js';
import type { SlipwayError } from '../errors/slipway-error.js';
import type { Progress } from './progress-meter.js';

/**
 * queued ─► preparing ─► uploading ─► completing ─► done
 *    └──────────┴────────────┴──┬─────────┴───────► error | aborted
 *                      waiting | paused              (and back, from any of them)
 *
 * `waiting` is between two tries, or for another tab that is sending the same file.
 */
export type UploadStatus =
  | 'queued'
  | 'preparing'
  | 'uploading'
  | 'waiting'
  | 'paused'
  | 'completing'
  | 'done'
  | 'error'
  | 'aborted';

/** One upload under way. Awaiting it gives the asset; the rest is for whoever shows it, and may be left alone. */
export interface UploadHandle extends PromiseLike<Asset> {
  /** Of this handle, not of the asset: unique in this page, for keys of lists. */
  readonly id: string;
  readonly status: UploadStatus;
  /** A new object at each change. */
  readonly progress: Progress;
  /** Why it ended; null while it runs, and when it was aborted. */
  readonly error: SlipwayError | null;
  /** The same promise as the handle's own. Nobody has to listen: a failure is no unhandled rejection. */
  readonly done: Promise<Asset>;
  /** Stops sending at once; what the storage has confirmed is kept. */
  pause(): void;
  resume(): void;
  /** Ends it here at once; settles when the server has been told, or cannot be. */
  abort(reason?: unknown): Promise<void>;
  /** Called when status, progress or error have changed. Gives back how to leave. */
  subscribe(listener: () => void): () => void;
}
