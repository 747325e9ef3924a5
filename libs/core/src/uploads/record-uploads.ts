import { inTransaction } from '@slipway/platform/db/database';
import type { EntityManager } from 'typeorm';
import { recordAuditEvents } from '../audit/record-audit-event';
import { holdPayers } from '../quotas/payer';
import { reserveQuota } from '../quotas/reserve-quota';
import type { Deps } from '../shared/deps';
import { DomainError } from '../shared/errors';
import type { Principal } from '../shared/principal';
import { lookAfterUpload } from './look-after-upload';
import { Upload } from './upload.entity';

/**
 * Reserves and records what it can, in one transaction; gives the refusals by upload id. A refused reservation changes
 * nothing. Throws a unique violation when one was begun before with its Idempotency-Key; then nothing is recorded.
 */
export function recordUploads(
  principal: Principal,
  uploads: readonly Upload[],
  deps: Pick<Deps, 'db' | 'settings'>,
): Promise<Map<string, Upload | DomainError>> {
  return inTransaction(deps.db, async (tx) => {
    const refused = await reserve(tx, uploads);
    const begun = uploads.filter(({ id }) => !refused.has(id));
    if (begun.length === 0) return refused;
    await tx.insert(Upload, begun);
    await recordAuditEvents(tx, principal, begun.map(auditFacts));
    for (const upload of begun) await lookAfterUpload(tx, upload.id, { runAt: firstLook(upload, deps) });
    return refused;
  });
}

async function reserve(
  tx: EntityManager,
  uploads: readonly Upload[],
): Promise<Map<string, Upload | DomainError>> {
  const refused = new Map<string, DomainError>();
  const projectIds = new Set(uploads.map(({ projectId }) => projectId));
  // Several owners may pay for one call: their rows are taken in the order of all others who take several.
  if (projectIds.size > 1) await holdPayers(tx, [...projectIds]);
  for (const { id, projectId, fileSize } of uploads) {
    try {
      await reserveQuota(tx, projectId, fileSize);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      refused.set(id, error);
    }
  }
  return refused;
}

const auditFacts = (upload: Upload) => ({
  action: 'upload_begun' as const,
  at: upload.createdAt,
  projectId: upload.projectId,
  assetId: upload.assetId,
  details: { file_size: upload.fileSize, content_type: upload.contentType },
  personal: { file_name: upload.fileName },
});

/** When the first URL of the upload and its grace are over. */
const firstLook = ({ createdAt }: Upload, { settings }: Pick<Deps, 'settings'>): Date =>
  new Date(createdAt.getTime() + settings.uploadLifeMs + settings.uploadGraceMs);
