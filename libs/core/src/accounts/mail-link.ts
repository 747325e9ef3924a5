import type { Mail, MailFate } from '@slipway/platform/mail/mail-sender';
import { resetMail, verificationMail } from '../mail/mails';
import type { Deps } from '../shared/deps';
import { findUserByEmail } from './find-user';
import { type LinkPurpose, makeLink } from './account-links';
import { User } from './user.entity';

type MailDeps = Pick<Deps, 'db' | 'clock' | 'settings' | 'mail'>;

/** Null where there is nobody to write to. */
type Fate = MailFate | null;

const isActive = (user: User): boolean => user.suspendedAt === null && user.erasedAt === null;

/** Makes a link and mails it; a repeat makes another one, since nobody knows the first. */
async function mailLink(user: User, purpose: LinkPurpose, deps: MailDeps): Promise<Fate> {
  const link = await makeLink(user, purpose, deps);
  if (link === null) return null;
  const mail: Mail = { reset: resetMail, verify: verificationMail }[purpose]({
    to: user.email,
    name: user.name,
    url: link.url,
  });
  try {
    return await deps.mail.send(mail);
  } catch (error) {
    // The repeats of a day must not count as links that somebody has.
    await link.withdraw();
    throw error;
  }
}

/** For whoever has a password here; somebody who signs in elsewhere gets none by their mailbox. */
export async function mailPasswordReset(email: string, deps: MailDeps): Promise<Fate> {
  const user = await findUserByEmail(deps.db.manager, email);
  if (!user || user.passwordHash === null || !isActive(user)) return null;
  return mailLink(user, 'reset', deps);
}

export async function mailEmailVerification(userId: string, deps: MailDeps): Promise<Fate> {
  const user = await deps.db.manager.findOneBy(User, { id: userId });
  if (!user || user.emailVerifiedAt !== null || !isActive(user)) return null;
  return mailLink(user, 'verify', deps);
}
