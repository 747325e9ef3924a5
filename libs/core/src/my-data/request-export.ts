import { inTransaction } from '@slipway/platform/db/database';
import { enqueue } from '@slipway/platform/jobs/enqueue';
import { objectKey } from '@slipway/platform/object-store/object-key';
import { type EntityManager, In } from 'typeorm';
import { recordAuditEvent } from '../audit/record-audit-event';
import type { Deps } from '../shared/deps';
import { newId } from '../shared/ids';
import { accountOf, type Principal } from '../shared/principal';
import { Export } from './export.entity';
import { KEPT_MS, removeExportAt } from './remove-export';

/** An export that is not ready by then never will be: its job has died for good. */
const GIVEN_UP_MS = 24 * 60 * 60 * 1000;

/**
 * Has a file made of all of the caller's data. One at a time: while one is being made, that one is the answer; a new one
 * takes the place of the last, so that an account never has more than one in the storage.
 */
export async function requestExport(principal: Principal, deps: Pick<Deps, 'db' | 'clock'>): Promise<Export> {
  const userId = accountOf(principal);
  const at = deps.clock.now();
  return inTransaction(deps.db, async (tx) => {
    await tx.query('select from users where id = $1 for no key update', [userId]);
    const alive = await tx.findBy(Export, { userId, status: In(['pending', 'ready']) });
    const pending = alive.find(({ status, createdAt }) => status === 'pending' && isUnderWay(createdAt, at));
    if (pending) return pending;
    for (const { id } of alive) await removeExportAt(tx, id, at);
    const made = newExport(userId, at);
    await tx.insert(Export, made);
    await requestJobs(tx, made);
    await recordAuditEvent(tx, principal, {
      action: 'export_requested',
      at,
      details: { export_id: made.id },
    });
    return made;
  });
}

const isUnderWay = (createdAt: Date, now: Date): boolean => now.getTime() - createdAt.getTime() < GIVEN_UP_MS;

function newExport(userId: string, at: Date): Export {
  const id = newId('EXP');
  return {
    id,
    userId,
    status: 'pending',
    key: objectKey.export(userId, id),
    fileSize: null,
    reason: null,
    createdAt: at,
    updatedAt: at,
    expiresAt: null,
  };
}

/** The removal from the beginning: whatever becomes of the job, it leaves nothing for ever. */
async function requestJobs(tx: EntityManager, { id, createdAt }: Export): Promise<void> {
  await enqueue(tx, { name: 'make-export', payload: { export_id: id }, maxAttempts: 8 });
  await removeExportAt(tx, id, new Date(createdAt.getTime() + KEPT_MS + GIVEN_UP_MS));
}
