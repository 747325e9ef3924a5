import type { UploadStatus } from './upload-handle.js';
import type { FileRules } from './validate-file.js';
import type { Progress } from './progress-meter.js';

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
  /** False: a large file starts anew, also when an upload of it was left unfinished here, and leaves no trace itself. */
  resume?: boolean;
  /** Which stored parts must prove to be the file's own before an unfinished upload goes on; first and last when left out. */
  verifyOnResume?: 'sample' | 'all' | 'none';
  signal?: AbortSignal | undefined;
  onProgress?: (progress: Progress) => void;
  onStatus?: (status: UploadStatus) => void;
}
