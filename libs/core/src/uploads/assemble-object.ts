import { failedBy } from '@slipway/platform/object-store/storage-error';
import type { Deps } from '../shared/deps';
import { DomainError } from '../shared/errors';
import { compareParts, type AnnouncedPart } from './compare-parts';
import { assertSameParts } from './read-back';
import type { PromotedObject } from './promote-object';
import { forgetStorageUpload, storageUploadOf, type PartedUpload } from './storage-upload';
import { ObjectMissing } from './upload';
import { UploadPart } from './upload-part.entity';
import { verifyObject } from './verify-object';

type AssembleDeps = Pick<Deps, 'db' | 'objects'>;

/**
 * Makes the object of the parts that were announced, under its final key, and verifies it.
 * A repeat after a crash finds the object already made and goes on from it.
 * Throws `ObjectMissing`, `UploadRejection`, `StorageError`.
 */
export async function assembleObject(upload: PartedUpload, deps: AssembleDeps): Promise<PromotedObject> {
  const announced = await deps.db.manager.find(UploadPart, {
    where: { uploadId: upload.id },
    order: { partNumber: 'asc' },
  });
  const proven = await completeParts(upload, announced, deps);
  const made = await deps.objects.head(upload.fileKey);
  if (!made) {
    await forgetStorageUpload(upload, deps);
    throw new ObjectMissing(upload.partCount);
  }
  const { checksumSha256 } = await verifyObject(made, upload, deps.objects);
  if (!proven) await assertSameParts(await deps.objects.openRead(upload.fileKey), announced);
  return { etag: made.etag, checksumSha256 };
}

/** Whether the storage told the sum of every part before they were put together. */
async function completeParts(
  upload: PartedUpload,
  announced: readonly AnnouncedPart[],
  { objects }: AssembleDeps,
): Promise<boolean> {
  const target = storageUploadOf(upload);
  if (!target) throw new ObjectMissing(upload.partCount);
  const stored = await objects.listParts(target);
  if (!stored) return false;
  const { present, missing, proven } = compareParts(upload.partCount, announced, stored);
  if (missing.length > 0) throw new ObjectMissing(missing.length);
  // `false`, for an upload that is gone by now: the object tells whether it was completed or dropped.
  return (await objects.completeMultipart(target, present).catch(asBusy)) && proven;
}

function asBusy(error: unknown): never {
  if (!failedBy(error, 'precondition_failed')) throw error;
  throw new DomainError('upload_busy', 'A part was being sent again while the upload was completed.', {
    retryAfter: 1,
    cause: error,
  });
}
