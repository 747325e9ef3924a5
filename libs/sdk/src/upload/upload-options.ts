import type { FileRules } from './validate-file.js';
import type { Progress } from './progress-meter.js';

/**
 * preparing ─► uploading ─► completing ─► done
 *     └────────────┴──┬────────┴────────► failed | aborted
 *                  waiting                 (between two tries, from any of them)
 */
export type UploadStatus =
  | 'preparing'
  | 'uploading'
  | 'completing'
  | 'waiting'
  | 'done'
  | 'failed'
  | 'aborted';

export interface UploadOptions {
  projectId: string;
  file: Blob;
  /** The file's own name when left out; a Blob has none, so it must be given one. */
  fileName?: string;
  /** What people will call the asset; the file's name when left out. */
  name?: string;
  /** The file's own type, or one told by its extension, when left out. */
  contentType?: string;
  /** Checked before anything is sent. */
  rules?: FileRules;
  signal?: AbortSignal | undefined;
  onProgress?: (progress: Progress) => void;
  onStatus?: (status: UploadStatus) => void;
}
