import type { ProjectFacts } from '../access/decide-access';
import type { Asset } from '../assets/asset.entity';
import { nameAsset } from '../assets/name-asset';
import type { Deps } from '../shared/deps';
import { DomainError } from '../shared/errors';
import type { Principal } from '../shared/principal';
import { assembleObject } from './assemble-object';
import { withClaim } from './claim-upload';
import { commitUpload } from './commit-upload';
import { endWithoutAsset } from './end-without-asset';
import { copyDuplicate } from './copy-duplicate';
import { promoteObject, type PromotedObject } from './promote-object';
import { requireUpload } from './require-upload';
import { endedOutcome } from './ended-outcome';
import { isParted } from './storage-upload';
import { ObjectMissing, UploadRejection } from './upload';
import { findUploadByFileKey } from './upload-store';
import type { Upload } from './upload.entity';

export interface CompleteUploadInput {
  name: string;
  projectId: string;
  fileKey: string;
  fileSize: number;
  contentType: string;
}

export interface CompletedUpload {
  asset: Asset;
  /** False when an earlier or concurrent call had made the asset. */
  created: boolean;
}

type CompleteDeps = Pick<Deps, 'db' | 'objects' | 'clock'>;

/**
 * Makes the asset of an uploaded object, once, however often and from wherever it is called.
 * Fails with `not_found`, `object_missing`, `upload_expired`, `upload_cancelled`, `upload_busy` or, for good,
 * with `size_mismatch`, `type_mismatch`, `checksum_mismatch`, `content_mismatch`.
 */
export async function completeUpload(
  principal: Principal,
  input: CompleteUploadInput,
  deps: CompleteDeps,
): Promise<CompletedUpload & { project: ProjectFacts }> {
  const found = await findUploadByFileKey(deps.db.manager, input.fileKey);
  const { upload, project } = await requireUpload(principal, found, deps);
  assertSameFile(input, upload);
  const completed = await finishUpload(principal, { upload, name: input.name }, deps);
  if (completed.created) return { ...completed, project };
  const asset = await nameAsset(principal, { asset: completed.asset, name: input.name }, deps);
  return { ...completed, asset, project };
}

/** A call that describes another file than was begun is the call's fault: the upload stays as it is. */
function assertSameFile(input: CompleteUploadInput, upload: Upload): void {
  if (input.projectId !== upload.projectId) throw new DomainError('not_found', 'There is no such upload.');
  if (input.fileSize !== upload.fileSize) {
    throw new DomainError('size_mismatch', 'file_size is not the size this upload was begun with.', {
      facts: { announced: upload.fileSize, size: input.fileSize },
    });
  }
  if (input.contentType !== upload.contentType) {
    throw new DomainError('type_mismatch', 'content_type is not the type this upload was begun with.', {
      facts: { announced: upload.contentType, content_type: input.contentType },
    });
  }
}

/** Promotes and commits a known upload; also what the expiry job does when the browser never called back. */
export async function finishUpload(
  principal: Principal,
  { upload: { id }, name }: { upload: Upload; name: string },
  deps: CompleteDeps,
): Promise<CompletedUpload> {
  return withClaim(id, deps, async (upload) => {
    if (upload.status !== 'pending') return endedOutcome(upload, deps);
    const promoted = await makeObject(principal, upload, deps);
    const asset = await commitUpload(principal, { upload, promoted, name }, deps);
    if (asset) return { asset, created: true };
    throw new DomainError('upload_busy', 'This upload was taken over by another call.', { retryAfter: 1 });
  });
}

/** The file under its final key, verified; an object that is not the announced file ends the upload. */
async function makeObject(principal: Principal, upload: Upload, deps: CompleteDeps): Promise<PromotedObject> {
  try {
    if (upload.sourceAssetId !== null) return await copyDuplicate(upload, deps);
    return isParted(upload) ? await assembleObject(upload, deps) : await promoteObject(upload, deps.objects);
  } catch (error) {
    if (error instanceof ObjectMissing) throw missingObject(upload, error, deps);
    if (!(error instanceof UploadRejection)) throw error;
    await endWithoutAsset(principal, { upload, status: 'rejected', rejection: error }, deps);
    throw new DomainError(error.code, error.message, { cause: error });
  }
}

function missingObject(upload: Upload, { missingParts }: ObjectMissing, deps: CompleteDeps): DomainError {
  if (upload.expiresAt <= deps.clock.now()) {
    return new DomainError(
      'upload_expired',
      'The upload has expired and its object is not there. Begin again.',
    );
  }
  return new DomainError('object_missing', 'The storage does not have the whole object yet.', {
    retryAfter: 1,
    ...(missingParts !== null && { facts: { missing_parts: missingParts } }),
  });
}
