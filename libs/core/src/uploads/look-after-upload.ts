import { enqueue } from '@slipway/platform/jobs/enqueue';
import type { EntityManager } from 'typeorm';

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
    key: `expire-upload:${uploadId}`,
    runAt,
    keepRunAt: keepEarlier,
  });
