import { createHash } from 'node:crypto';
import { beginUpload } from '../uploads/begin-uploads';
import type { AnnouncedPart } from '../uploads/compare-parts';
import { signParts } from '../uploads/sign-parts';
import { isParted, type PartedUpload, storageUploadOf } from '../uploads/storage-upload';
import { sizeOfPart } from '../uploads/upload-plan';
import { Upload } from '../uploads/upload.entity';
import type { Deps } from '../shared/deps';
import type { Principal } from '../shared/principal';
import { type LocalFile, readPiece } from './fetch-to-file';

type SendDeps = Pick<Deps, 'db' | 'objects' | 'uploadSigner' | 'storageProfile' | 'clock' | 'settings'>;

/** Held in memory at once at most, whatever one PUT of a client may carry. Bytes. */
const ONE_PIECE = 16 * 1024 * 1024;

const inPieces = (deps: SendDeps): SendDeps => ({
  ...deps,
  settings: { ...deps.settings, singlePutLimit: Math.min(deps.settings.singlePutLimit, ONE_PIECE) },
});

/** Begins the upload that the file will be: quota, plan and record are those of any upload. Fails as `beginUpload`. */
export async function announceFile(
  principal: Principal,
  { projectId, file }: { projectId: string; file: LocalFile },
  deps: SendDeps,
): Promise<Upload> {
  const { fileName, fileSize, contentType, checksumSha256 } = file;
  const announcement = { projectId, fileName, fileSize, contentType, checksumSha256 };
  return (await beginUpload(principal, announcement, inPieces(deps))).upload;
}

/** Puts the bytes where a client would have put them. Throws `StorageError`. */
export async function sendFile(
  principal: Principal,
  { upload, file }: { upload: Upload; file: LocalFile },
  deps: SendDeps,
): Promise<void> {
  if (upload.sourceAssetId !== null) return;
  if (isParted(upload)) return sendParts(principal, { upload, file }, deps);
  const body = await readPiece(file.path, 0, file.fileSize);
  await deps.objects.put(upload.incomingKey, body, { contentType: upload.contentType });
}

async function sendParts(
  principal: Principal,
  { upload, file }: { upload: PartedUpload; file: LocalFile },
  deps: SendDeps,
): Promise<void> {
  for (let partNumber = 1; partNumber <= upload.partCount; partNumber += 1) {
    const size = sizeOfPart(upload.fileSize, upload, partNumber);
    const body = await readPiece(file.path, (partNumber - 1) * upload.partSize, size);
    const part = announced(upload, partNumber, body);
    // As a client's part: on record before it is sent, and the upload stays open meanwhile.
    await signParts(principal, { assetId: upload.assetId, parts: [part] }, deps);
    const { id } = upload;
    const target = storageUploadOf(await deps.db.manager.findOneByOrFail(Upload, { id }));
    if (!target) throw new Error(`${upload.fileKey}: the storage has dropped its upload`);
    const checksumSha256 = upload.partChecksum === 'sha256' ? part.checksumSha256 : null;
    await deps.objects.putPart(target, { partNumber, body, checksumSha256 });
  }
}

function announced({ partChecksum }: PartedUpload, partNumber: number, body: Buffer): AnnouncedPart {
  const sumOf = (algorithm: string) => createHash(algorithm).update(body).digest('base64');
  const isMd5 = partChecksum === 'md5';
  return {
    partNumber,
    fileSize: body.length,
    checksumSha256: isMd5 ? null : sumOf('sha256'),
    contentMd5: isMd5 ? sumOf('md5') : null,
  };
}
