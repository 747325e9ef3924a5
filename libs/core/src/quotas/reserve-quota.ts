import type { EntityManager } from 'typeorm';
import { DomainError } from '../shared/errors';
import { readUsage } from './read-usage';

const RESERVE = `
  update usage set reserved_bytes = reserved_bytes + $2
    from users join tiers on tiers.name = users.tier
   where users.id = $1 and usage.user_id = users.id
     and usage.used_bytes + usage.reserved_bytes + $2 <= tiers.max_bytes
  returning usage.user_id`;

/**
 * Sets `bytes` aside for an upload. The check and the write are one statement on one row, so two uploads
 * that ask for the last bytes at once are put in order by PostgreSQL and only one gets them.
 * Fails with `quota_exceeded`.
 */
export async function reserveQuota(tx: EntityManager, userId: string, bytes: number): Promise<void> {
  const [, reserved] = await tx.query<[unknown[], number]>(RESERVE, [userId, bytes]);
  if (reserved === 1) return;
  const { used, reserved: held, limit } = await readUsage(tx, userId);
  throw new DomainError('quota_exceeded', 'The storage of this account is full for a file of this size.', {
    facts: { used, reserved: held, limit, requested: bytes },
  });
}
