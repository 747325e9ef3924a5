import type { EntityManager } from 'typeorm';
import { moveLedger } from './move-ledger';

/** Gives a reservation back: the upload was rejected, cancelled or expired. */
export async function releaseReservation(tx: EntityManager, projectId: string, bytes: number): Promise<void> {
  await moveLedger(tx, projectId, { reservedBytes: -bytes, reservedFiles: -1 });
}

/** Gives back what a deleted asset used. */
export async function releaseUsage(tx: EntityManager, projectId: string, bytes: number): Promise<void> {
  await moveLedger(tx, projectId, { usedBytes: -bytes, usedFiles: -1 });
}
