import type { EntityManager } from 'typeorm';

/** The largest file the user's tier takes. Bytes. */
export async function readMaxFileSize(db: Pick<EntityManager, 'query'>, userId: string): Promise<number> {
  const [row] = await db.query<{ max_file_size: string }[]>(
    'select max_file_size from users join tiers on tiers.name = users.tier where users.id = $1',
    [userId],
  );
  if (!row) throw new Error(`${userId} is no user`);
  return Number(row.max_file_size);
}
