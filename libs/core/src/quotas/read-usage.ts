import type { EntityManager } from 'typeorm';

/** Bytes or files: what is stored, what pending uploads have set aside, and how much both may be together. */
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

export interface ProjectUsage {
  project: Usage;
  /** Of the project's owner, who pays, in all projects they pay for. */
  account: Usage;
}

// One statement, so that no project is seen with more than its account.
const READ = `
  select json_build_object(
           'used_bytes', project_usage.used_bytes, 'reserved_bytes', project_usage.reserved_bytes,
           'used_files', project_usage.used_files, 'reserved_files', project_usage.reserved_files,
           'max_bytes', tiers.max_project_bytes, 'max_files', tiers.max_project_files) as project,
         json_build_object(
           'used_bytes', usage.used_bytes, 'reserved_bytes', usage.reserved_bytes,
           'used_files', usage.used_files, 'reserved_files', usage.reserved_files,
           'max_bytes', coalesce(users.max_bytes, tiers.max_bytes), 'max_files', tiers.max_files) as account
    from projects
    join project_usage on project_usage.project_id = projects.id
    join usage on usage.user_id = projects.owner_id
    join users on users.id = projects.owner_id
    join tiers on tiers.name = users.tier
   where projects.id = $1`;

type UsageRow = Record<'used_bytes' | 'reserved_bytes' | 'used_files' | 'reserved_files', number> &
  Record<'max_bytes' | 'max_files', number | null>;

export async function readUsage(db: Pick<EntityManager, 'query'>, projectId: string): Promise<ProjectUsage> {
  const [row] = await db.query<{ project: UsageRow; account: UsageRow }[]>(READ, [projectId]);
  if (!row) throw new Error(`project ${projectId} or its owner has no ledger row`);
  return { project: toUsage(row.project), account: toUsage(row.account) };
}

const toUsage = (row: UsageRow): Usage => ({
  storage: { used: row.used_bytes, reserved: row.reserved_bytes, limit: row.max_bytes },
  files: { used: row.used_files, reserved: row.reserved_files, limit: row.max_files },
});
