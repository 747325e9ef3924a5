import { inTransaction } from '@slipway/platform/db/database';
import { recordAuditEvent } from '../audit/record-audit-event';
import { holdProject } from '../projects/hold-project';
import { ProjectMember } from '../projects/project-member.entity';
import type { Deps } from '../shared/deps';
import type { Principal } from '../shared/principal';
import { assertDoesNotPay, requireMember } from './require-member';

/**
 * Ends a membership: one's own, which is leaving, and possible in the archive too, or another's. What they uploaded
 * stays. Fails with `not_found` for the project and for the member, `forbidden`, `project_archived`, and with
 * `last_owner` for whoever pays.
 */
export async function removeMember(
  principal: Principal,
  { projectId, userId }: { projectId: string; userId: string },
  deps: Pick<Deps, 'db' | 'clock'>,
): Promise<void> {
  const leaves = principal.account?.id === userId;
  await inTransaction(deps.db, async (tx) => {
    await holdProject(tx, principal, { projectId, right: leaves ? 'project.read' : 'members.manage' });
    const member = await requireMember(tx, { projectId, userId });
    assertDoesNotPay(member);
    await tx.delete(ProjectMember, { projectId, userId });
    await recordAuditEvent(tx, principal, {
      action: leaves ? 'member_left' : 'member_removed',
      at: deps.clock.now(),
      projectId,
      details: { user_id: userId, role: member.role },
    });
  });
}
