import { inTransaction } from '@slipway/platform/db/database';
import { enqueue } from '@slipway/platform/jobs/enqueue';
import type { EntityManager } from 'typeorm';
import type { AuditAction } from '../audit/audit-event.entity';
import { recordAuditEvent } from '../audit/record-audit-event';
import { Project } from '../projects/project.entity';
import { releaseReservation } from '../quotas/release-quota';
import type { Deps } from '../shared/deps';
import { DomainError } from '../shared/errors';
import type { Principal } from '../shared/principal';
import type { UploadRejection } from './upload';
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

/** Whoever pays for the project's bytes. */
export async function payerOf(tx: EntityManager, upload: Upload): Promise<string> {
  const project = await tx.findOneByOrFail(Project, { id: upload.projectId });
  return project.ownerId;
}

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
    await releaseReservation(tx, await payerOf(tx, upload), upload.fileSize);
    await recordAuditEvent(tx, principal, {
      action: ACTIONS[end.status],
      at,
      projectId: upload.projectId,
      assetId: upload.assetId,
      ...(rejection && { result: 'refused', reason: rejection.code }),
    });
    await discardObject(tx, upload.incomingKey);
    await discardObject(tx, upload.fileKey);
    if (end.status === 'expired') await discardObject(tx, upload.incomingKey, end.sweepAgainAt);
  });
}

/** By a job, so that the deletion is as certain as the commit and no network is inside the transaction. */
export async function discardObject(tx: EntityManager, key: string, runAt?: Date): Promise<void> {
  await enqueue(tx, { name: 'discard-object', payload: { key }, ...(runAt && { runAt }) });
}
