import type { Mail, MailFate } from '@slipway/platform/mail/mail-sender';
import { addressTakenMail, resetMail, verificationMail } from '../mail/mails';
import type { Deps } from '../shared/deps';
import { type LinkPurpose, makeLink } from './account-links';
import { findUserByEmail } from './find-user';
import { User } from './user.entity';

type MailDeps = Pick<Deps, 'db' | 'clock' | 'settings' | 'mail'>;

/** Null where there is nobody to write to, or they have been written to enough. */
type Fate = MailFate | null;

interface LinkMail {
  purpose: LinkPurpose;
  letter: (filled: { to: string; name: string; url: string }) => Mail;
}

const isActive = (user: User): boolean => user.suspendedAt === null && user.erasedAt === null;

/** Makes a link and mails it; a repeat makes another one, since nobody knows the first. */
async function mailLink(user: User, { purpose, letter }: LinkMail, deps: MailDeps): Promise<Fate> {
  const link = await makeLink(user, purpose, deps);
  if (link === null) return null;
  try {
    return await deps.mail.send(letter({ to: user.email, name: user.name, url: link.url }));
  } catch (error) {
    // The repeats of a day must not count as links that somebody has.
    await link.withdraw();
    throw error;
  }
}

/** For whoever has a password here; somebody who signs in elsewhere gets none by their mailbox. */
async function mailResetLink(user: User | null, letter: LinkMail['letter'], deps: MailDeps): Promise<Fate> {
  if (!user || user.passwordHash === null || !isActive(user)) return null;
  return mailLink(user, { purpose: 'reset', letter }, deps);
}

export const mailPasswordReset = async (email: string, deps: MailDeps): Promise<Fate> =>
  mailResetLink(await findUserByEmail(deps.db.manager, email), resetMail, deps);

/** Tells the owner of an address that somebody tried to sign up with it, and lets them in if it was they. */
export const mailAddressTaken = async (userId: string, deps: MailDeps): Promise<Fate> =>
  mailResetLink(await deps.db.manager.findOneBy(User, { id: userId }), addressTakenMail, deps);

export async function mailEmailVerification(userId: string, deps: MailDeps): Promise<Fate> {
  const user = await deps.db.manager.findOneBy(User, { id: userId });
  if (!user || user.emailVerifiedAt !== null || !isActive(user)) return null;
  return mailLink(user, { purpose: 'verify', letter: verificationMail }, deps);
}
