import { inTransaction } from '@slipway/platform/db/database';
import { recordAuditEvent } from '../audit/record-audit-event';
import type { Deps } from '../shared/deps';
import type { ErrorCode } from '../shared/errors';
import { type Principal, systemPrincipal } from '../shared/principal';
import { cancelUpload } from '../uploads/cancel-upload';
import { Upload } from '../uploads/upload.entity';
import { Import } from './import.entity';
import { rememberAddress } from './old-address-store';

export interface ImportFailure {
  code: ErrorCode;
  /** In words for the person who asked. */
  reason: string;
  /** Another try would end the same way. */
  final: boolean;
}

type EndDeps = Pick<Deps, 'db' | 'clock'>;

/** The end of the row, and the old address with it: from then on that stands for the asset. False when it had ended. */
export async function completeImport(
  principal: Principal,
  { row: { id, projectId, address }, assetId }: { row: Import; assetId: string },
  { db, clock }: EndDeps,
): Promise<boolean> {
  const at = clock.now();
  return inTransaction(db, async (tx) => {
    const end = { status: 'completed', assetId, updatedAt: at } as const;
    const { affected } = await tx.update(Import, { id, status: 'pending' }, end);
    if (affected !== 1) return false;
    await rememberAddress(tx, { projectId, address, assetId });
    await recordAuditEvent(tx, principal, {
      action: 'imported',
      at,
      projectId,
      assetId,
      details: { import_id: id },
      personal: { address },
    });
    return true;
  });
}

/** What was begun of it is given up, so that nothing stays reserved. */
export async function failImport(
  principal: Principal,
  { row: { id, projectId, address }, failure: { code, reason } }: { row: Import; failure: ImportFailure },
  deps: EndDeps,
): Promise<void> {
  const at = deps.clock.now();
  await inTransaction(deps.db, async (tx) => {
    const end = { status: 'failed', code, reason, updatedAt: at } as const;
    const { affected } = await tx.update(Import, { id, status: 'pending' }, end);
    if (affected !== 1) return;
    await recordAuditEvent(tx, principal, {
      action: 'import_failed',
      at,
      projectId,
      result: 'refused',
      reason: code,
      details: { import_id: id },
      personal: { address },
    });
  });
  await giveUpUpload(await deps.db.manager.findOneByOrFail(Import, { id }), deps);
}

/** By the server itself: who asked may have lost every right by now. */
export async function giveUpUpload({ id, uploadId }: Import, deps: EndDeps): Promise<void> {
  if (uploadId === null) return;
  const { assetId } = await deps.db.manager.findOneByOrFail(Upload, { id: uploadId });
  await cancelUpload(systemPrincipal(id), assetId, deps);
}
