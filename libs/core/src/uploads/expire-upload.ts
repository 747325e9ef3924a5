import type { Deps } from '../shared/deps';
import { DomainError } from '../shared/errors';
import type { Principal } from '../shared/principal';
import { withClaim } from './claim-upload';
import { finishUpload } from './complete-upload';
import { endWithoutAsset } from './end-without-asset';
import { Upload } from './upload.entity';

type ExpireDeps = Pick<Deps, 'db' | 'objects' | 'clock' | 'settings'>;

/**
 * Runs once the upload URL and its grace are over. A browser that sent the file and died still gets its asset;
 * one that sent nothing gives its reservation back. Repeating it is safe.
 */
export async function expireUpload(
  principal: Principal,
  { uploadId }: { uploadId: string },
  deps: ExpireDeps,
): Promise<void> {
  const upload = await deps.db.manager.findOneBy(Upload, { id: uploadId });
  if (!upload) return;
  if (upload.status === 'pending') await finishOrExpire(principal, upload, deps);
  // Whoever still had the URL may have sent the object again after the end.
  await deps.objects.delete(upload.incomingKey);
}

async function finishOrExpire(principal: Principal, upload: Upload, deps: ExpireDeps): Promise<void> {
  try {
    await finishUpload(principal, { upload, name: upload.fileName }, deps);
  } catch (error) {
    if (!(error instanceof DomainError) || error.retryAfter !== undefined) throw error;
    if (error.code === 'upload_expired') await giveUp(principal, upload, deps);
  }
}

async function giveUp(principal: Principal, { id }: Upload, deps: ExpireDeps): Promise<void> {
  const sweepAgainAt = new Date(deps.clock.now().getTime() + deps.settings.uploadGraceMs);
  await withClaim(id, deps, async (upload) => {
    if (upload.status !== 'pending') return;
    await endWithoutAsset(principal, { upload, status: 'expired', sweepAgainAt }, deps);
  });
}
