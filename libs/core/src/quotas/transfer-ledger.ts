import type { EntityManager } from 'typeorm';
import { type Exceeded, quotaExceeded } from './quota-exceeded';

// What an empty project asks of an account, every account has, also one that is over a limit by now.
const CHECK = `
  select counter.*
    from project_usage as project
    join usage as payer on payer.user_id = $2
    join users on users.id = payer.user_id
    join tiers on tiers.name = users.tier,
    lateral (values
      ('user', 'bytes', payer.used_bytes, payer.reserved_bytes, coalesce(users.max_bytes, tiers.max_bytes),
        project.used_bytes + project.reserved_bytes),
      ('user', 'files', payer.used_files, payer.reserved_files, tiers.max_files,
        project.used_files + project.reserved_files),
      ('project', 'bytes', 0, 0, tiers.max_project_bytes, project.used_bytes + project.reserved_bytes),
      ('project', 'files', 0, 0, tiers.max_project_files, project.used_files + project.reserved_files)
    ) as counter (scope, kind, used, reserved, "limit", requested)
   where project.project_id = $1 and requested > 0 and used + reserved + requested > "limit"
   limit 1`;

const MOVE = `
  with named as (
    update project_usage set payer_id = $3 where project_id = $1
  )
  update usage
     set used_bytes = usage.used_bytes + sign * project.used_bytes,
         reserved_bytes = usage.reserved_bytes + sign * project.reserved_bytes,
         used_files = usage.used_files + sign * project.used_files,
         reserved_files = usage.reserved_files + sign * project.reserved_files
    from project_usage as project, (values ($2, -1), ($3, 1)) as side (user_id, sign)
   where project.project_id = $1 and usage.user_id = side.user_id`;

const EXCEEDED: Parameters<typeof quotaExceeded>[1] = {
  'user bytes': 'The storage of the account that would pay is too full for this project.',
  'user files': 'The account that would pay may not hold as many files as it then would.',
  'project bytes': 'The account that would pay may not have a project of this size.',
  'project files': 'The account that would pay may not have a project of so many files.',
};

/**
 * Moves what a project holds and has reserved from the account that pays to the one that will. The caller gives the
 * project its new owner in the same transaction, and holds its row, so that no other transfer runs. Both accounts' rows
 * are held until the commit, in the order that every transaction takes them in that needs several.
 * Fails with `quota_exceeded`, which tells the limit.
 */
export async function transferLedger(
  tx: EntityManager,
  projectId: string,
  { from, to }: { from: string; to: string },
): Promise<void> {
  await tx.query('select from usage where user_id = any($1) order by user_id for no key update', [
    [from, to],
  ]);
  const [exceeded] = await tx.query<Exceeded[]>(CHECK, [projectId, to]);
  if (exceeded) throw quotaExceeded(exceeded, EXCEEDED);
  const [, moved] = await tx.query<[unknown[], number]>(MOVE, [projectId, from, to]);
  if (moved !== 2) throw new Error(`project ${projectId}, ${from} or ${to} has no ledger row`);
}
