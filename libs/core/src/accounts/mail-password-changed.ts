import type { MailFate } from '@slipway/platform/mail/mail-sender';
import { passwordChangedMail } from '../mail/mails';
import type { Deps } from '../shared/deps';
import { User } from './user.entity';

/** Tells somebody, who may not have done it; null where they are gone. */
export async function mailPasswordChanged(
  userId: string,
  { db, settings, mail }: Pick<Deps, 'db' | 'settings' | 'mail'>,
): Promise<MailFate | null> {
  const user = await db.manager.findOneBy(User, { id: userId });
  if (!user || user.erasedAt !== null) return null;
  return mail.send(passwordChangedMail({ to: user.email, name: user.name, url: settings.publicUrl }));
}
