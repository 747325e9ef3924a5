import { IsNull, MoreThan } from 'typeorm';
import { requireProject } from '../projects/require-project';
import type { Deps } from '../shared/deps';
import type { Principal } from '../shared/principal';
import { Invitation } from './invitation.entity';

/** The open invitations of a project, newest first. Fails with `not_found`, `forbidden`, `project_archived`. */
export async function listInvitations(
  principal: Principal,
  projectId: string,
  deps: Pick<Deps, 'db' | 'clock'>,
): Promise<Invitation[]> {
  await requireProject(principal, { projectId, right: 'members.manage' }, deps);
  return deps.db.manager.find(Invitation, {
    where: { projectId, answeredAt: IsNull(), expiresAt: MoreThan(deps.clock.now()) },
    order: { createdAt: 'DESC', id: 'DESC' },
  });
}
