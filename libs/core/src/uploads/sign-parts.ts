import { inTransaction } from '@slipway/platform/db/database';
import type { MultipartUpload } from '@slipway/platform/object-store/object-store';
import type { SignedPut } from '@slipway/platform/object-store/url-signer';
import type { EntityManager } from 'typeorm';
import type { Deps } from '../shared/deps';
import { DomainError } from '../shared/errors';
import type { Principal } from '../shared/principal';
import type { AnnouncedPart } from './compare-parts';
import { endedError } from './ended-outcome';
import { partFaults } from './part-faults';
import { requireUpload } from './require-upload';
import { lookAfterUpload } from './look-after-upload';
import { ensureStorageUpload, isParted, type PartedUpload } from './storage-upload';
import { UploadPart } from './upload-part.entity';
import { Upload } from './upload.entity';
import { findUploadByAssetId } from './upload-store';

export interface SignPartsInput {
  assetId: string;
  parts: AnnouncedPart[];
}

/** The signed PUT of one part, exactly as the client must send it. */
export interface SignedPart extends SignedPut {
  partNumber: number;
}

type SignDeps = Pick<Deps, 'db' | 'objects' | 'uploadSigner' | 'clock' | 'settings'>;

/**
 * Records what the parts will be and gives out a URL for each that admits this one part. Asking again for a part
 * replaces what was announced of it. Keeps the upload open for as long again as it was at its beginning.
 * Fails with `not_found`, `invalid_request`, or with how the upload has ended.
 */
export async function signParts(
  principal: Principal,
  { assetId, parts }: SignPartsInput,
  deps: SignDeps,
): Promise<SignedPart[]> {
  const { upload } = await requireUpload(
    principal,
    await findUploadByAssetId(deps.db.manager, assetId),
    deps,
  );
  assertFitting(parts, upload);
  const target = upload.status === 'pending' ? await ensureStorageUpload(upload, deps) : null;
  if (!target || !(await recordParts(parts, upload, deps))) throw await ended(upload, deps);
  return sign(parts, target, deps);
}

function assertFitting(parts: readonly AnnouncedPart[], upload: Upload): asserts upload is PartedUpload {
  if (!isParted(upload)) throw new DomainError('invalid_request', 'This upload travels in one PUT.');
  const errors = partFaults(parts, upload);
  if (errors.length === 0) return;
  throw new DomainError('invalid_request', 'The parts are not those of this upload.', { errors });
}

async function ended({ id }: Upload, { db }: SignDeps): Promise<DomainError> {
  return endedError(await db.manager.findOneByOrFail(Upload, { id }));
}

/** False when the upload has ended. */
function recordParts(
  parts: readonly AnnouncedPart[],
  upload: PartedUpload,
  deps: SignDeps,
): Promise<boolean> {
  return inTransaction(deps.db, async (tx) => {
    if (!(await keepOpen(tx, upload, deps))) return false;
    const rows = parts.map((part) => ({ ...part, uploadId: upload.id }));
    await tx.upsert(UploadPart, rows, ['uploadId', 'partNumber']);
    return true;
  });
}

async function keepOpen(tx: EntityManager, { id }: Upload, deps: SignDeps): Promise<boolean> {
  const { clock, settings } = deps;
  const at = clock.now();
  const expiresAt = new Date(at.getTime() + settings.multipartIdleMs);
  const { affected } = await tx.update(Upload, { id, status: 'pending' }, { expiresAt, updatedAt: at });
  if (affected !== 1) return false;
  const urlsOver = new Date(at.getTime() + settings.uploadLifeMs + settings.uploadGraceMs);
  await lookAfterUpload(tx, id, { runAt: urlsOver });
  return true;
}

async function sign(
  parts: readonly AnnouncedPart[],
  target: MultipartUpload,
  { uploadSigner, clock, settings }: SignDeps,
): Promise<SignedPart[]> {
  const signing = await uploadSigner.open();
  const life = { now: clock.now(), expiresIn: Math.floor(settings.uploadLifeMs / 1000) };
  return parts.map(({ partNumber, fileSize, checksumSha256, contentMd5 }) => ({
    partNumber,
    ...signing.part(target.key, {
      ...life,
      storageUploadId: target.storageUploadId,
      partNumber,
      size: fileSize,
      checksumSha256,
      contentMd5,
    }),
  }));
}
