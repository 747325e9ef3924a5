import type { MailFate } from '@slipway/platform/mail/mail-sender';
import type { Logger } from 'pino';

/** Says in the log what became of a mail; null: there was nobody to send one to. */
export function logMail(log: Logger, fate: MailFate | null): void {
  if (fate === null) log.info('no mail: nothing to tell, or nobody to tell it');
  if (fate === 'sent') log.info('mail sent');
  if (fate === 'kept') log.info('mail kept: no mail server is configured (SMTP_URL)');
  if (fate === 'dropped') log.warn('no mail server is configured (SMTP_URL); the mail is lost');
}
