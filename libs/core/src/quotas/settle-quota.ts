import type { EntityManager } from 'typeorm';

/** Turns a reservation into use, once the object is there and verified. */
export async function settleQuota(tx: EntityManager, userId: string, bytes: number): Promise<void> {
  await tx.query(
    `update usage set reserved_bytes = reserved_bytes - $2, used_bytes = used_bytes + $2, files = files + 1
      where user_id = $1`,
    [userId, bytes],
  );
}
