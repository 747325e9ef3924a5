import { inTransaction } from '@slipway/platform/db/database';
import type { EntityManager } from 'typeorm';
import { hashOfToken } from '../accounts/secret-token';
import { recordAuditEvent } from '../audit/record-audit-event';
import { lockProject } from '../projects/hold-project';
import { ProjectMember } from '../projects/project-member.entity';
import { type EnteredProject, projectArchived, requireProject } from '../projects/require-project';
import type { Deps } from '../shared/deps';
import { DomainError } from '../shared/errors';
import { accountOf, type Principal } from '../shared/principal';
import { reaches } from '../shared/project-role';
import { Invitation } from './invitation.entity';
import { isOpen, isTo, noSuchInvitation, requireTrustedAccount } from './open-invitation';

type AnswerDeps = Pick<Deps, 'db' | 'clock'>;

/**
 * Accepts or declines an invitation to the caller's own address. Fails with `email_unverified`, `project_archived`, and
 * with `not_found`, alike for what is another's, answered or past.
 */
export async function answerInvitation(
  principal: Principal,
  { invitationId, accept }: { invitationId: string; accept: boolean },
  deps: AnswerDeps,
): Promise<void> {
  const account = requireTrustedAccount(principal);
  const found = await deps.db.manager.findOneBy(Invitation, { id: invitationId });
  if (!found || !isTo(found, account)) throw noSuchInvitation();
  if (!(await answer(principal, { found, accept }, deps))) throw noSuchInvitation();
}

/**
 * Accepts by the mailed token; the address must be the caller's own all the same, since mails are passed on. Fails with
 * `email_unverified`, `link_invalid`, `project_archived`, and with `forbidden` for another's address.
 */
export async function acceptInvitation(
  principal: Principal,
  { token }: { token: string },
  deps: AnswerDeps,
): Promise<EnteredProject> {
  const account = requireTrustedAccount(principal);
  const found = await deps.db.manager.findOneBy(Invitation, { tokenHash: hashOfToken(token) });
  if (!found || !isOpen(found, deps.clock.now())) throw endedLink();
  if (!isTo(found, account)) {
    throw new DomainError('forbidden', 'This invitation was mailed to another address: sign in with that.');
  }
  if (!(await answer(principal, { found, accept: true }, deps))) throw endedLink();
  return requireProject(principal, { projectId: found.projectId, right: 'project.read' }, deps);
}

const endedLink = () =>
  new DomainError('link_invalid', 'This invitation was answered, withdrawn, or is past.');

/** False where it is not open any more. */
function answer(
  principal: Principal,
  { found, accept }: { found: Invitation; accept: boolean },
  deps: AnswerDeps,
): Promise<boolean> {
  return inTransaction(deps.db, async (tx) => {
    const { id: projectId, archivedAt } = await lockProject(tx, found.projectId);
    const invitation = await tx.findOneBy(Invitation, { id: found.id });
    const at = deps.clock.now();
    if (!invitation || !isOpen(invitation, at)) return false;
    if (accept && archivedAt !== null) throw projectArchived();
    if (accept) await join(tx, { invitation, userId: accountOf(principal) }, at);
    await tx.update(Invitation, invitation.id, { answeredAt: at, answer: accept ? 'accepted' : 'declined' });
    await recordAuditEvent(tx, principal, {
      action: accept ? 'invitation_accepted' : 'invitation_declined',
      at,
      projectId,
      details: { invitation_id: invitation.id, role: invitation.role },
    });
    return true;
  });
}

/** Whoever is a member by now keeps the higher role. */
async function join(
  tx: EntityManager,
  { invitation: { projectId, role }, userId }: { invitation: Invitation; userId: string },
  at: Date,
): Promise<void> {
  const member = await tx.findOneBy(ProjectMember, { projectId, userId });
  if (!member) await tx.insert(ProjectMember, { projectId, userId, role, joinedAt: at });
  else if (!reaches(member.role, role)) await tx.update(ProjectMember, { projectId, userId }, { role });
}
