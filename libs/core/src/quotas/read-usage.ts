import type { EntityManager } from 'typeorm';

/** Bytes, except `files`. */
export interface Usage {
  used: number;
  reserved: number;
  limit: number;
  files: number;
  maxFileSize: number;
}

const READ = `
  select usage.used_bytes, usage.reserved_bytes, usage.files, tiers.max_bytes, tiers.max_file_size
    from usage join users on users.id = usage.user_id join tiers on tiers.name = users.tier
   where usage.user_id = $1`;

type UsageRow = Record<'used_bytes' | 'reserved_bytes' | 'files' | 'max_bytes' | 'max_file_size', string>;

export async function readUsage(db: Pick<EntityManager, 'query'>, userId: string): Promise<Usage> {
  const [row] = await db.query<UsageRow[]>(READ, [userId]);
  if (!row) throw new Error(`user ${userId} has no usage row`);
  return {
    used: Number(row.used_bytes),
    reserved: Number(row.reserved_bytes),
    limit: Number(row.max_bytes),
    files: Number(row.files),
    maxFileSize: Number(row.max_file_size),
  };
}
