import type { StoredPart } from '@slipway/platform/object-store/object-store';
import type { Deps } from '../shared/deps';
import type { Principal } from '../shared/principal';
import { compareParts } from './compare-parts';
import { requireUpload } from './require-upload';
import { forgetStorageUpload, isParted, storageUploadOf, type PartedUpload } from './storage-upload';
import { UploadPart } from './upload-part.entity';
import { findUploadByAssetId } from './upload-store';
import type { Upload } from './upload.entity';

export interface UploadState {
  upload: Upload;
  /** What the storage has of an open upload in parts, and need not be sent again. */
  parts: StoredPart[];
}

/** How far an upload is, so that its client can go on. Fails with `not_found`. */
export async function readUpload(
  principal: Principal,
  assetId: string,
  deps: Pick<Deps, 'db' | 'objects'>,
): Promise<UploadState> {
  const { upload } = await requireUpload(
    principal,
    await findUploadByAssetId(deps.db.manager, assetId),
    deps,
  );
  const open = upload.status === 'pending' && isParted(upload);
  return { upload, parts: open ? await storedParts(upload, deps) : [] };
}

async function storedParts(upload: PartedUpload, deps: Pick<Deps, 'db' | 'objects'>): Promise<StoredPart[]> {
  const target = storageUploadOf(upload);
  if (!target) return [];
  const announced = await deps.db.manager.findBy(UploadPart, { uploadId: upload.id });
  const stored = await deps.objects.listParts(target);
  if (stored) return compareParts(upload.partCount, announced, stored).present;
  if (await deps.objects.head(upload.fileKey)) {
    // Put together already, by a call that died before its commit: there is nothing left to send.
    return announced.map(({ partNumber, fileSize, checksumSha256 }) => ({
      partNumber,
      size: fileSize,
      etag: '',
      checksumSha256,
    }));
  }
  await forgetStorageUpload(upload, deps);
  return [];
}
