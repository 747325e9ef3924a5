import type { ErrorCode } from '../shared/errors';

/**
 * pending ──► completed   the object was there, verified and promoted
 *         ├─► rejected    the object was not what was announced
 *         ├─► cancelled   the client gave up
 *         └─► expired     nobody came back
 * Only `pending` can change; the other four are ends.
 */
export const UPLOAD_STATUSES = ['pending', 'completed', 'rejected', 'expired', 'cancelled'] as const;

export type UploadStatus = (typeof UPLOAD_STATUSES)[number];

export type RejectionCode = Extract<
  ErrorCode,
  'size_mismatch' | 'type_mismatch' | 'checksum_mismatch' | 'content_mismatch'
>;

/** The object is not what was announced: the upload ends as `rejected`. */
export class UploadRejection extends Error {
  constructor(
    readonly code: RejectionCode,
    message: string,
  ) {
    super(message);
    this.name = 'UploadRejection';
  }
}

/** The storage does not have the object, or not all of its parts. */
export class ObjectMissing extends Error {
  constructor(
    /** How many parts are still to be sent; null for a single PUT. */
    readonly missingParts: number | null = null,
  ) {
    super('The storage does not have the object.');
    this.name = 'ObjectMissing';
  }
}
