import { inTransaction } from '@slipway/platform/db/database';
import type { EntityManager } from 'typeorm';
import { recordAuditEvent } from '../audit/record-audit-event';
import { transferLedger } from '../quotas/transfer-ledger';
import type { Deps } from '../shared/deps';
import { DomainError } from '../shared/errors';
import type { Principal } from '../shared/principal';
import { holdProject } from './hold-project';
import { Project } from './project.entity';
import { ProjectMember } from './project-member.entity';
import type { EnteredProject } from './require-project';

/**
 * Lets another member pay: the project and its part of the ledger are theirs from the commit on, and they are an owner,
 * which whoever paid remains. Repeating it changes nothing. Fails with `not_found` (also where the member cannot sign
 * in), `forbidden`, `project_archived`, `quota_exceeded`.
 */
export function transferProject(
  principal: Principal,
  { projectId, userId }: { projectId: string; userId: string },
  deps: Pick<Deps, 'db' | 'clock'>,
): Promise<EnteredProject> {
  return inTransaction(deps.db, async (tx) => {
    const entered = await holdProject(tx, principal, { projectId, right: 'project.manage' });
    const { ownerId } = entered.project;
    if (ownerId === userId) return entered;
    await requireActiveMember(tx, projectId, userId);
    await transferLedger(tx, projectId, { from: ownerId, to: userId });
    const at = deps.clock.now();
    const change = { ownerId: userId, updatedAt: at };
    await tx.update(Project, projectId, change);
    await tx.update(ProjectMember, { projectId, userId }, { role: 'owner' });
    await recordAuditEvent(tx, principal, {
      action: 'project_transferred',
      at,
      projectId,
      details: { user_id: userId, from_user_id: ownerId },
    });
    Object.assign(entered.project, change);
    return entered;
  });
}

const ACTIVE_MEMBER = `
  select from project_members join users on users.id = project_members.user_id
   where project_id = $1 and user_id = $2 and suspended_at is null and erased_at is null`;

async function requireActiveMember(tx: EntityManager, projectId: string, userId: string): Promise<void> {
  const members = await tx.query<unknown[]>(ACTIVE_MEMBER, [projectId, userId]);
  if (members.length === 0) throw new DomainError('not_found', 'There is no such member who could pay.');
}
