import { inTransaction } from '@slipway/platform/db/database';
import { IsNull } from 'typeorm';
import { recordAuditEvent } from '../audit/record-audit-event';
import { holdProject } from '../projects/hold-project';
import type { Deps } from '../shared/deps';
import type { Principal } from '../shared/principal';
import { Invitation } from './invitation.entity';
import { noSuchInvitation } from './open-invitation';

/** Fails with `not_found` for the project and for an invitation that is not open; `forbidden`, `project_archived`. */
export async function withdrawInvitation(
  principal: Principal,
  { projectId, invitationId }: { projectId: string; invitationId: string },
  deps: Pick<Deps, 'db' | 'clock'>,
): Promise<void> {
  await inTransaction(deps.db, async (tx) => {
    await holdProject(tx, principal, { projectId, right: 'members.manage' });
    const open = await tx.findOneBy(Invitation, { id: invitationId, projectId, answeredAt: IsNull() });
    if (!open) throw noSuchInvitation();
    const at = deps.clock.now();
    await tx.update(Invitation, open.id, { answeredAt: at, answer: 'withdrawn' });
    await recordAuditEvent(tx, principal, {
      action: 'invitation_withdrawn',
      at,
      projectId,
      details: { invitation_id: open.id },
      personal: { email: open.email },
    });
  });
}
