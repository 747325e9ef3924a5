import type { EntityManager } from 'typeorm';

/** Bytes or files: what is stored, what pending uploads have set aside, and how much may be both together. */
export interface Counter {
  used: number;
  reserved: number;
  /** Null: no limit. */
  limit: number | null;
}

export interface Usage {
  storage: Counter;
  files: Counter;
}

const OF_USER = `
  select usage.*, tiers.max_bytes, tiers.max_files
    from usage join users on users.id = usage.user_id join tiers on tiers.name = users.tier
   where usage.user_id = $1`;

const OF_PROJECT = `
  select project_usage.*, tiers.max_project_bytes as max_bytes, tiers.max_project_files as max_files
    from project_usage
    join projects on projects.id = project_usage.project_id
    join users on users.id = projects.owner_id
    join tiers on tiers.name = users.tier
   where project_usage.project_id = $1`;

type UsageRow = Record<'used_bytes' | 'reserved_bytes' | 'used_files' | 'reserved_files', string> &
  Record<'max_bytes' | 'max_files', string | null>;

type Reader = Pick<EntityManager, 'query'>;

export const readUserUsage = (db: Reader, userId: string): Promise<Usage> => read(db, OF_USER, userId);

export const readProjectUsage = (db: Reader, projectId: string): Promise<Usage> =>
  read(db, OF_PROJECT, projectId);

async function read(db: Reader, statement: string, id: string): Promise<Usage> {
  const [row] = await db.query<UsageRow[]>(statement, [id]);
  if (!row) throw new Error(`${id} has no ledger row`);
  return {
    storage: counter(row.used_bytes, row.reserved_bytes, row.max_bytes),
    files: counter(row.used_files, row.reserved_files, row.max_files),
  };
}

const counter = (used: string, reserved: string, limit: string | null): Counter => ({
  used: Number(used),
  reserved: Number(reserved),
  limit: limit === null ? null : Number(limit),
});
