import { createTransport } from 'nodemailer';
import type { MailSender } from './mail-sender';

export interface SmtpOptions {
  /** `smtp://user:password@host:587`, or `smtps://` for TLS from the first byte. */
  url: string;
  /** `Slipway <no-reply@example.com>` */
  from: string;
}

/** A server that is slower is down: the job that sends tries again. */
const PATIENCE_MS = 20_000;

/** RFC 3834 §5: keeps holiday replies from coming back. */
const HEADERS = { 'auto-submitted': 'auto-generated' };

/** A connection a mail: they are few, and none is left open in a worker that idles. */
export function smtpSender({ url, from }: SmtpOptions): MailSender {
  const transport = createTransport({
    url,
    connectionTimeout: PATIENCE_MS,
    greetingTimeout: PATIENCE_MS,
    socketTimeout: PATIENCE_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async send({ to, ...content }) {
      // As an object: a text would be taken apart at its commas, into several recipients.
      await transport.sendMail({ ...content, from, to: { name: '', address: to }, headers: HEADERS });
      return 'sent';
    },
    kept: async () => null,
  };
}
