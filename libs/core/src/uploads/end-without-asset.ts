import { inTransaction } from '@slipway/platform/db/database';
import { enqueue } from '@slipway/platform/jobs/enqueue';
import type { EntityManager } from 'typeorm';
import type { AuditAction } from '../shared/audit-writer';
import { recordAuditEvent } from '../audit/record-audit-event';
import { releaseReservation } from '../quotas/release-quota';
import type { Deps } from '../shared/deps';
import { DomainError } from '../shared/errors';
import type { Principal } from '../shared/principal';
import type { UploadRejection } from './upload';
import { isParted, storageUploadOf } from './storage-upload';
import { endUpload } from './upload-store';
import type { Upload } from './upload.entity';

type UnhappyEnd =
  | { status: 'cancelled' }
  | { status: 'rejected'; rejection: UploadRejection }
  /** A PUT that began in time may still be running: its object is looked for again at `sweepAgainAt`. */
  | { status: 'expired'; sweepAgainAt: Date };

const ACTIONS = {
  cancelled: 'upload_cancelled',
  expired: 'upload_expired',
  rejected: 'upload_rejected',
} as const satisfies Record<UnhappyEnd['status'], AuditAction>;

/**
 * Ends a claimed upload without an asset: reservation released, objects to be discarded, all in one transaction.
 * Fails with `upload_busy` when the claim was lost: whoever took it may still leave the upload pending.
 */
export async function endWithoutAsset(
  principal: Principal,
  { upload, ...end }: { upload: Upload } & UnhappyEnd,
  deps: Pick<Deps, 'db' | 'clock'>,
): Promise<void> {
  const at = deps.clock.now();
  const rejection = end.status === 'rejected' ? end.rejection : undefined;
  await inTransaction(deps.db, async (tx) => {
    const ended = await endUpload(tx, upload, {
      status: end.status,
      at,
      ...(rejection && { rejectionCode: rejection.code, rejectionDetail: rejection.message }),
    });
    if (!ended) {
      throw new DomainError('upload_busy', 'This upload was taken over by another call.', { retryAfter: 1 });
    }
    await releaseReservation(tx, upload.projectId, upload.fileSize);
    await recordAuditEvent(tx, principal, {
      action: ACTIONS[end.status],
      at,
      projectId: upload.projectId,
      assetId: upload.assetId,
      ...(rejection && { result: 'refused', reason: rejection.code }),
    });
    await discardAll(tx, upload, end);
  });
}

async function discardAll(tx: EntityManager, upload: Upload, end: UnhappyEnd): Promise<void> {
  await discardObject(tx, upload.fileKey);
  if (isParted(upload)) return discardParts(tx, upload);
  await discardObject(tx, upload.incomingKey);
  if (end.status === 'expired') await discardObject(tx, upload.incomingKey, end.sweepAgainAt);
}

async function discardParts(tx: EntityManager, upload: Upload): Promise<void> {
  const target = storageUploadOf(upload);
  if (!target) return;
  const payload = { key: target.key, storage_upload_id: target.storageUploadId };
  await enqueue(tx, { name: 'abort-multipart', payload });
}

/** By a job, so that the deletion is as certain as the commit and no network is inside the transaction. */
export async function discardObject(tx: EntityManager, key: string, runAt?: Date): Promise<void> {
  await enqueue(tx, { name: 'discard-object', payload: { key }, ...(runAt && { runAt }) });
}
