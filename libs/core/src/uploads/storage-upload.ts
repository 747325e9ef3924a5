import { inTransaction } from '@slipway/platform/db/database';
import type { MultipartUpload, PartChecksum } from '@slipway/platform/object-store/object-store';
import type { Deps } from '../shared/deps';
import type { PartPlan } from './upload-plan';
import { UploadPart } from './upload-part.entity';
import { Upload } from './upload.entity';

/** An upload that was planned in parts. */
export type PartedUpload = Upload & PartPlan & { partChecksum: PartChecksum };

export const isParted = (upload: Upload): upload is PartedUpload => upload.partSize !== null;

/** The storage's side of an upload in parts; null before the first parts were signed. */
export function storageUploadOf({ fileKey, storageUploadId }: Upload): MultipartUpload | null {
  return storageUploadId === null ? null : { key: fileKey, storageUploadId };
}

const REMEMBER = `
  update uploads set storage_upload_id = $2
   where id = $1 and status = 'pending' and storage_upload_id is null`;

/**
 * The storage's upload, made if there is none. Of two callers that make one at once the row keeps one, and the other
 * is aborted; one that is lost to a crash in between is found by the sweep. Null when the upload ended meanwhile.
 */
export async function ensureStorageUpload(
  upload: PartedUpload,
  { db, objects }: Pick<Deps, 'db' | 'objects'>,
): Promise<MultipartUpload | null> {
  const known = storageUploadOf(upload);
  if (known) return known;
  const options = { contentType: upload.contentType, checksum: upload.partChecksum };
  const made = await objects.createMultipart(upload.fileKey, options);
  const [, kept] = await db.query<[unknown[], number]>(REMEMBER, [upload.id, made.storageUploadId]);
  if (kept === 1) return made;
  await objects.abortMultipart(made);
  const current = await db.manager.findOneByOrFail(Upload, { id: upload.id });
  return current.status === 'pending' ? storageUploadOf(current) : null;
}

/** After the storage has dropped its upload: nothing of it is there any more, so the next signing begins a new one. */
export async function forgetStorageUpload(upload: Upload, { db }: Pick<Deps, 'db'>): Promise<void> {
  await inTransaction(db, async (tx) => {
    const { storageUploadId } = upload;
    if (storageUploadId === null) return;
    const { affected } = await tx.update(
      Upload,
      { id: upload.id, storageUploadId, status: 'pending' },
      { storageUploadId: null },
    );
    if (affected === 1) await tx.delete(UploadPart, { uploadId: upload.id });
  });
}
