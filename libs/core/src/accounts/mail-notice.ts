import type { MailFate } from '@slipway/platform/mail/mail-sender';
import { addressTakenMail, passwordChangedMail } from '../mail/mails';
import type { Deps } from '../shared/deps';
import { User } from './user.entity';

const NOTICES = { 'address taken': addressTakenMail, 'password changed': passwordChangedMail };

/** Tells somebody what happened to their account; null where it is gone. */
export async function mailNotice(
  userId: string,
  notice: keyof typeof NOTICES,
  { db, settings, mail }: Pick<Deps, 'db' | 'settings' | 'mail'>,
): Promise<MailFate | null> {
  const user = await db.manager.findOneBy(User, { id: userId });
  if (!user || user.erasedAt !== null) return null;
  return mail.send(NOTICES[notice]({ to: user.email, name: user.name, url: settings.publicUrl }));
}
