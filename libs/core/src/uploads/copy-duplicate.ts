import { failedBy } from '@slipway/platform/object-store/storage-error';
import { Asset } from '../assets/asset.entity';
import type { Deps } from '../shared/deps';
import { DomainError } from '../shared/errors';
import type { PromotedObject } from './promote-object';
import type { Upload } from './upload.entity';
import { verifyObject } from './verify-object';

/**
 * Copies the object of the asset whose bytes this upload announced, and verifies the copy. Final keys are written
 * once, so the source cannot change. Fails with `upload_expired` when it was deleted meanwhile: the client has the
 * bytes, and begins again. Throws `UploadRejection`, `StorageError`.
 */
export async function copyDuplicate(
  upload: Upload,
  { db, objects }: Pick<Deps, 'db' | 'objects'>,
): Promise<PromotedObject> {
  const source = await db.manager.findOneBy(Asset, { id: upload.sourceAssetId ?? '' });
  const copied = source && !source.deletedAt && (await copies(objects, source, upload));
  const made = copied ? await objects.head(upload.fileKey) : null;
  if (!made)
    throw new DomainError('upload_expired', 'The file it would be copied from is gone. Begin again.');
  const { checksumSha256 } = await verifyObject(made, upload, objects);
  return { etag: made.etag, checksumSha256 };
}

/** False when the source is not there any more. */
async function copies(objects: Deps['objects'], source: Asset, upload: Upload): Promise<boolean> {
  try {
    await objects.copy(source.fileKey, upload.fileKey, { ifSourceMatch: source.etag });
    return true;
  } catch (error) {
    if (!failedBy(error, 'precondition_failed', 'not_found')) throw error;
    return false;
  }
}
