import type { Logger } from 'pino';
import type { DataSource } from 'typeorm';
import type { KeptMail, MailSender } from './mail-sender';

const MOST = 50;

const KEEP = `
  insert into preview_mails (recipient, subject, body, created_at) values ($1, $2, $3, now())`;

const FORGET = `
  delete from preview_mails where id <= (select id from preview_mails order by id desc offset $1 limit 1)`;

const LIST = `
  select id::text, recipient, subject, body, created_at as "createdAt"
    from preview_mails order by preview_mails.id desc limit $1`;

/**
 * Keeps the last mails in the database, where a developer reads them; none leaves the machine. The log has them too,
 * without what opens doors, as everything there.
 */
export const previewSender = (db: DataSource, log: Pick<Logger, 'info'>): MailSender => ({
  async send({ to, subject, text }) {
    await db.query(KEEP, [to, subject, text]);
    await db.query(FORGET, [MOST]);
    log.info({ to, subject, text }, 'a mail, which /api/auth/mails shows in full');
    return 'kept';
  },
  kept: () => db.query<KeptMail[]>(LIST, [MOST]),
});
