import { inTransaction } from '@slipway/platform/db/database';
import { recordAuditEvent } from '../audit/record-audit-event';
import { holdProject } from '../projects/hold-project';
import { ProjectMember } from '../projects/project-member.entity';
import type { Deps } from '../shared/deps';
import type { Principal } from '../shared/principal';
import type { NewMember } from './add-member';
import type { Member } from './read-members';
import { assertDoesNotPay, requireMember } from './require-member';

/**
 * Gives a member another role, in force at their next call. Fails with `not_found` for the project and for the member,
 * `forbidden`, `project_archived`, and with `last_owner` for whoever pays.
 */
export function changeMember(
  principal: Principal,
  { projectId, userId, role }: NewMember,
  deps: Pick<Deps, 'db' | 'clock'>,
): Promise<Member> {
  return inTransaction(deps.db, async (tx) => {
    await holdProject(tx, principal, { projectId, right: 'members.manage' });
    const member = await requireMember(tx, { projectId, userId });
    if (member.role === role) return member;
    assertDoesNotPay(member);
    await tx.update(ProjectMember, { projectId, userId }, { role });
    await recordAuditEvent(tx, principal, {
      action: 'member_changed',
      at: deps.clock.now(),
      projectId,
      details: { user_id: userId, role, from_role: member.role },
    });
    return { ...member, role };
  });
}
