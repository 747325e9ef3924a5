import type { EntityManager } from 'typeorm';

/** `Processing` ends when no rendition is waited for any more, whether made or failed. */
export async function publishWhenComplete(tx: EntityManager, assetId: string, at: Date): Promise<void> {
  await tx.query(
    `update assets set status = 'Published', updated_at = $2
      where id = $1 and status = 'Processing'
        and not exists (select from renditions where asset_id = $1 and status = 'pending')`,
    [assetId, at],
  );
}
