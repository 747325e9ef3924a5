import type { EntityManager } from 'typeorm';
import { PAYER, PayerChanged, PROJECT_OF_OWNER } from './payer';
import { type Exceeded, quotaExceeded } from './quota-exceeded';

// Both rows are locked, the owner's before the project's as everywhere, and a locked row is read as it is now, not
// as it was when the statement began. So what is compared with the limits is what the updates then change.
// Planning costs more than running here: subselects in place of joins take a quarter off the whole.
const RESERVE = `
  with owner as (
    select usage.*, coalesce(users.max_bytes, tiers.max_bytes) as max_bytes, tiers.max_files,
           tiers.max_project_bytes, tiers.max_project_files
      from usage
      join users on users.id = usage.user_id
      join tiers on tiers.name = users.tier
     where usage.user_id = ${PAYER}
       for no key update of usage
  ), project as (${PROJECT_OF_OWNER}
  ), exceeded as (
    select counter.*
      from owner, project, lateral (values
        ('user', 'bytes', owner.used_bytes, owner.reserved_bytes, owner.max_bytes, $2::bigint),
        ('user', 'files', owner.used_files, owner.reserved_files, owner.max_files, 1),
        ('project', 'bytes', project.used_bytes, project.reserved_bytes, owner.max_project_bytes, $2::bigint),
        ('project', 'files', project.used_files, project.reserved_files, owner.max_project_files, 1)
      ) as counter (scope, kind, used, reserved, "limit", requested)
     where used + reserved + requested > "limit"
  ), reserved_by_owner as (
    update usage set reserved_bytes = reserved_bytes + $2, reserved_files = reserved_files + 1
     where user_id = (select payer_id from project where not exists (select from exceeded))
  ), reserved_by_project as (
    update project_usage set reserved_bytes = reserved_bytes + $2, reserved_files = reserved_files + 1
     where project_id = (select project_id from project where not exists (select from exceeded))
  )
  select exceeded.* from project left join exceeded on true`;

type Verdict = { scope: null } | Exceeded;

const EXCEEDED: Parameters<typeof quotaExceeded>[1] = {
  'user bytes': 'The storage of this account is full for a file of this size.',
  'user files': 'This account holds as many files as it may.',
  'project bytes': 'The storage of this project is full for a file of this size.',
  'project files': 'This project holds as many files as it may.',
};

/**
 * Sets a file of `bytes` aside for an upload, in the project and with its owner, who pays for it. One statement
 * checks and writes, so two uploads that ask for the last bytes at once are put in order by PostgreSQL and only one
 * gets them. A refusal changes nothing and leaves the transaction usable.
 * Fails with `quota_exceeded`, which tells the limit.
 */
export async function reserveQuota(tx: EntityManager, projectId: string, bytes: number): Promise<void> {
  const [verdict] = await tx.query<Verdict[]>(RESERVE, [projectId, bytes]);
  if (!verdict) throw new PayerChanged(projectId);
  if (verdict.scope !== null) throw quotaExceeded(verdict, EXCEEDED);
}
