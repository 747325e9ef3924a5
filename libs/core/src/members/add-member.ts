import { inTransaction } from '@slipway/platform/db/database';
import { IsNull } from 'typeorm';
import { User } from '../accounts/user.entity';
import { recordAuditEvent } from '../audit/record-audit-event';
import { holdProject } from '../projects/hold-project';
import { ProjectMember } from '../projects/project-member.entity';
import type { Deps } from '../shared/deps';
import { DomainError } from '../shared/errors';
import type { Principal } from '../shared/principal';
import type { ProjectRole } from '../shared/project-role';
import type { Member } from './read-members';
import { requireMember } from './require-member';

export interface NewMember {
  projectId: string;
  userId: string;
  role: ProjectRole;
}

/**
 * Makes an account a member at once, for servers that know ids; people are invited. Fails with `not_found` for the
 * project and for the account, `forbidden`, `project_archived`, `already_member`.
 */
export function addMember(
  principal: Principal,
  { projectId, userId, role }: NewMember,
  deps: Pick<Deps, 'db' | 'clock'>,
): Promise<Member> {
  return inTransaction(deps.db, async (tx) => {
    await holdProject(tx, principal, { projectId, right: 'members.manage' });
    if (!(await tx.existsBy(User, { id: userId, erasedAt: IsNull() }))) {
      throw new DomainError('not_found', 'There is no such account.');
    }
    if (await tx.existsBy(ProjectMember, { projectId, userId })) throw alreadyMember();
    const at = deps.clock.now();
    await tx.insert(ProjectMember, { projectId, userId, role, joinedAt: at });
    await recordAuditEvent(tx, principal, {
      action: 'member_added',
      at,
      projectId,
      details: { user_id: userId, role },
    });
    return requireMember(tx, { projectId, userId });
  });
}

export const alreadyMember = () => new DomainError('already_member', 'They are a member of this project.');
