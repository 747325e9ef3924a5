import type { EntityManager } from 'typeorm';
import { moveLedger } from './move-ledger';

/** Turns a reservation into use, once the object is there and verified. */
export async function settleQuota(tx: EntityManager, projectId: string, bytes: number): Promise<void> {
  await moveLedger(tx, projectId, {
    usedBytes: bytes,
    reservedBytes: -bytes,
    usedFiles: 1,
    reservedFiles: -1,
  });
}
