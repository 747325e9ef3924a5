import type { ObjectStat, ObjectStore } from '@slipway/platform/object-store/object-store';
import { failedBy } from '@slipway/platform/object-store/storage-error';
import { DomainError } from '../shared/errors';
import { ObjectMissing } from './upload';
import type { Upload } from './upload.entity';
import { assertAsAnnounced, verifyObject } from './verify-object';

/** The file under its final key, verified. */
export interface PromotedObject {
  etag: string;
  checksumSha256: string | null;
}

/**
 * Copies the client's object to the final key and verifies it there.
 * A repeat after a crash finds the copy already made and goes on from it.
 * Throws `ObjectMissing`, `UploadRejection`, `StorageError`.
 */
export async function promoteObject(upload: Upload, objects: ObjectStore): Promise<PromotedObject> {
  const incoming = await objects.head(upload.incomingKey);
  if (incoming) await copyToFinalKey(incoming, upload, objects);
  const promoted = await objects.head(upload.fileKey);
  if (!promoted) throw new ObjectMissing();
  const { checksumSha256 } = await verifyObject(promoted, upload, objects);
  return { etag: promoted.etag, checksumSha256 };
}

async function copyToFinalKey(incoming: ObjectStat, upload: Upload, objects: ObjectStore): Promise<void> {
  assertAsAnnounced(incoming, upload);
  try {
    await objects.copy(incoming.key, upload.fileKey, { ifSourceMatch: incoming.etag });
  } catch (error) {
    if (!failedBy(error, 'precondition_failed', 'not_found')) throw error;
    throw new DomainError('upload_busy', 'The object was being sent again while it was verified.', {
      retryAfter: 1,
      cause: error,
    });
  }
}
