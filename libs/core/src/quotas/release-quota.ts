import type { EntityManager } from 'typeorm';

/** Gives a reservation back: the upload was rejected, cancelled or expired. */
export async function releaseReservation(tx: EntityManager, userId: string, bytes: number): Promise<void> {
  await tx.query(`update usage set reserved_bytes = reserved_bytes - $2 where user_id = $1`, [userId, bytes]);
}

/** Gives the bytes of a deleted asset back. */
export async function releaseUsage(tx: EntityManager, userId: string, bytes: number): Promise<void> {
  await tx.query(`update usage set used_bytes = used_bytes - $2, files = files - 1 where user_id = $1`, [
    userId,
    bytes,
  ]);
}
