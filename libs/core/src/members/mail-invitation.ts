import { newSecretToken } from '../accounts/secret-token';
import { User } from '../accounts/user.entity';
import { invitationMail } from '../mail/mails';
import { Project } from '../projects/project.entity';
import type { Deps } from '../shared/deps';
import { Invitation } from './invitation.entity';
import { isOpen } from './open-invitation';

/**
 * Mails a link with a token that only the mail holds. A repeat mails another one, after which the first opens nothing: a
 * mail server that took a mail may not have said so. Does nothing once the invitation was answered or is past.
 */
export async function mailInvitation(
  { invitationId }: { invitationId: string },
  deps: Pick<Deps, 'db' | 'clock' | 'mail' | 'settings'>,
): Promise<void> {
  const db = deps.db.manager;
  const invitation = await db.findOneBy(Invitation, { id: invitationId });
  if (!invitation || !isOpen(invitation, deps.clock.now())) return;
  const [project, inviter] = await Promise.all([
    db.findOneByOrFail(Project, { id: invitation.projectId }),
    db.findOneByOrFail(User, { id: invitation.invitedBy }),
  ]);
  const token = newSecretToken();
  // First: a mail must not arrive with a token that nobody knows.
  await db.update(Invitation, invitation.id, { tokenHash: token.hash });
  await deps.mail.send(
    invitationMail({
      to: invitation.email,
      inviter: inviter.name,
      project: project.name,
      url: `${deps.settings.publicUrl}/#/app/invitation/${token.text}`,
    }),
  );
}
