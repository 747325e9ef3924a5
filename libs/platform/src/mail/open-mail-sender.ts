import type { DataSource } from 'typeorm';
import type { Config } from '../config/config';
import { createLogger } from '../log/logger';
import type { MailSender } from './mail-sender';
import { previewSender } from './preview-sender';
import { smtpSender } from './smtp-sender';

/** Where neither a server nor a preview is configured. */
const noSender: MailSender = { send: async () => 'dropped', kept: async () => null };

export function openMailSender(
  { mail: { smtp, preview }, logLevel }: Pick<Config, 'mail' | 'logLevel'>,
  db: DataSource,
): MailSender {
  if (smtp !== null) return smtpSender(smtp);
  return preview ? previewSender(db, createLogger({ level: logLevel, name: 'mail' })) : noSender;
}
