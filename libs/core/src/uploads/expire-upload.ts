import type { Deps } from '../shared/deps';
import { DomainError } from '../shared/errors';
import type { Principal } from '../shared/principal';
import { withClaim } from './claim-upload';
import { finishUpload } from './complete-upload';
import { endWithoutAsset } from './end-without-asset';
import { lookAfterUpload } from './look-after-upload';
import { isParted } from './storage-upload';
import { Upload } from './upload.entity';

type ExpireDeps = Pick<Deps, 'db' | 'objects' | 'clock' | 'settings'>;

/**
 * Runs once the URLs of an upload and their grace are over. A browser that sent the file and died still gets its
 * asset; one that sent nothing gives its reservation back; one that sent some parts may come back while the upload
 * waits for it. Repeating it is safe.
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
  if (!isParted(upload)) await deps.objects.delete(upload.incomingKey);
}

async function finishOrExpire(principal: Principal, upload: Upload, deps: ExpireDeps): Promise<void> {
  try {
    await finishUpload(principal, { upload, name: upload.fileName }, deps);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    if (error.code === 'upload_expired') return giveUp(principal, upload, deps);
    if (error.code === 'object_missing' && isParted(upload)) return waitForClient(upload, deps);
    if (error.retryAfter !== undefined) throw error;
  }
}

async function waitForClient({ id }: Upload, { db, settings }: ExpireDeps): Promise<void> {
  const { expiresAt } = await db.manager.findOneByOrFail(Upload, { id });
  const runAt = new Date(expiresAt.getTime() + settings.uploadGraceMs);
  // Parts that were signed meanwhile have asked for an earlier look.
  await lookAfterUpload(db.manager, id, { runAt, keepEarlier: true });
}

async function giveUp(principal: Principal, { id }: Upload, deps: ExpireDeps): Promise<void> {
  const at = deps.clock.now();
  const sweepAgainAt = new Date(at.getTime() + deps.settings.uploadGraceMs);
  await withClaim(id, deps, async (upload) => {
    // Its client may be back by now, and have had more parts signed.
    if (upload.status !== 'pending' || (isParted(upload) && upload.expiresAt > at)) return;
    await endWithoutAsset(principal, { upload, status: 'expired', sweepAgainAt }, deps);
  });
}
