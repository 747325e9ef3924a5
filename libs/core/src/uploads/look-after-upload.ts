import { enqueue } from '@slipway/platform/jobs/enqueue';
import type { EntityManager } from 'typeorm';

/** Under which the job of an upload is found again. */
export const expiryJobKey = (uploadId: string): string => `expire-upload:${uploadId}`;

/**
 * Sees to it that the upload is looked at again at `runAt`, whoever is there by then. One date an upload: a new one
 * takes the place of the old, unless the old is to be kept.
 */
export const lookAfterUpload = (
  tx: EntityManager,
  uploadId: string,
  { runAt, keepEarlier = false }: { runAt: Date; keepEarlier?: boolean },
): Promise<void> =>
  enqueue(tx, {
    name: 'expire-upload',
    payload: { upload_id: uploadId },
    key: expiryJobKey(uploadId),
    runAt,
    keepRunAt: keepEarlier,
  });
