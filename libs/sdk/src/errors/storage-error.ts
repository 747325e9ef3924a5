import { isPassingStatus } from './is-passing-status.js';
import { SlipwayError } from './slipway-error.js';

export type StorageErrorCode =
  | 'storage_refused'
  | 'storage_unavailable'
  | 'upload_expired'
  | 'checksum_mismatch';

export interface StorageAnswer {
  status: number;
  /** S3's word for it, such as `SlowDown`; absent when the body was not S3's XML. */
  storageCode?: string | undefined;
  retryAfterMs?: number | undefined;
}

/** `BadDigest`, `XAmzContentChecksumMismatch`, `XAmzContentSHA256Mismatch`: storages do not agree on the word. */
const OTHER_BYTES = /Digest|Checksum|SHA256/;
/** `RequestTimeout` is a 400 with which S3 says that our bytes came too slowly. */
const PASSING = /RequestTimeout|SlowDown/;

function codeOf({ status, storageCode = '' }: StorageAnswer): StorageErrorCode {
  if (OTHER_BYTES.test(storageCode)) return 'checksum_mismatch';
  if (isPassingStatus(status) || PASSING.test(storageCode)) return 'storage_unavailable';
  // A signed URL is refused with 403 once it has expired, with words that differ from storage to storage.
  return status === 403 ? 'upload_expired' : 'storage_refused';
}

/** The storage answered a PUT with something other than success. */
export class StorageError extends SlipwayError {
  declare readonly code: StorageErrorCode;
  readonly status: number;
  readonly storageCode: string | undefined;

  constructor(answer: StorageAnswer) {
    const code = codeOf(answer);
    const word = answer.storageCode ? ` (${answer.storageCode})` : '';
    super(code, `The storage answered ${answer.status}${word}.`, {
      retryable: code === 'storage_unavailable',
      retryAfterMs: answer.retryAfterMs,
    });
    this.name = 'StorageError';
    this.status = answer.status;
    this.storageCode = answer.storageCode;
  }
}
