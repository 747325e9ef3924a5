import type { DataSource } from 'typeorm';
import type { MailConfig } from '../config/mail-config';
import type { MailSender } from './mail-sender';
import { previewSender } from './preview-sender';
import { smtpSender } from './smtp-sender';

/** Where neither a server nor a preview is configured. */
const noSender: MailSender = { send: async () => 'dropped', kept: async () => null };

export function openMailSender({ smtp, preview }: MailConfig, db: DataSource): MailSender {
  if (smtp !== null) return smtpSender(smtp);
  return preview ? previewSender(db) : noSender;
}
