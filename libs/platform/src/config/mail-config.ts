import type { SmtpOptions } from '../mail/smtp-sender';
import type { Environment } from './environment';
import { type Format, yesOrNo } from './formats';
import { isLoopback } from './http-config';
import { productVariables } from './product-config';

export interface MailConfig {
  /** Null: no mail leaves this server. */
  smtp: SmtpOptions | null;
  /** Whether mails that cannot be sent are shown to whoever asks. */
  preview: boolean;
}

const smtpUrl: Format<string> = {
  expected: 'a URL such as smtp://user:password@smtp.example.com:587, or smtps:// for TLS from the start',
  parse: (text) => (/^smtps?:\/\/./.test(text) && URL.canParse(text) ? text : undefined),
};

const mailbox: Format<string> = {
  expected: 'an address such as no-reply@example.com, or Slipway <no-reply@example.com>',
  parse: (text) =>
    /^(?:[^<>@,\r\n]+<[^<>@\s,]+@[^<>@\s,]+>|[^<>@\s,]+@[^<>@\s,]+)$/.test(text) ? text : undefined,
};

export const mailVariables = {
  smtpUrl: {
    name: 'SMTP_URL',
    format: smtpUrl,
    unset: 'no mail is sent',
    secret: true,
    doc: 'The server that takes the mails: links to a new password, proof of an address, invitations.',
  },
  mailFrom: {
    name: 'MAIL_FROM',
    format: mailbox,
    unset: 'must be set with `SMTP_URL`',
    doc: 'Whom the mails are from.',
  },
  mailPreview: {
    name: 'MAIL_PREVIEW',
    format: yesOrNo,
    unset:
      'only where the database is embedded, `PUBLIC_URL` is on this machine and `NODE_ENV` is not `production`',
    doc: 'Without `SMTP_URL`: the last mails are shown on the dashboard, to everybody who reaches it.',
  },
};

/** On a developer's machine, where whoever reads the mails could read the database as well. */
function isForDevelopment(environment: Environment, at: { publicUrl: string; embedded: boolean }): boolean {
  const isProduction = environment.withDefault(productVariables.nodeEnv) === 'production';
  return at.embedded && !isProduction && isLoopback(new URL(at.publicUrl).hostname);
}

function readSmtp(environment: Environment): SmtpOptions | null {
  const url = environment.optional(mailVariables.smtpUrl);
  const from = environment.optional(mailVariables.mailFrom);
  if (environment.isSet(mailVariables.smtpUrl) && !environment.isSet(mailVariables.mailFrom)) {
    environment.fault(mailVariables.mailFrom, 'missing, while SMTP_URL is set; say whom the mails are from');
  }
  return url === undefined || from === undefined ? null : { url, from };
}

export function readMail(environment: Environment, at: { publicUrl: string; embedded: boolean }): MailConfig {
  const preview = environment.optional(mailVariables.mailPreview);
  if (preview === true && environment.withDefault(productVariables.nodeEnv) === 'production') {
    environment.fault(
      mailVariables.mailPreview,
      'shows links to new passwords to everybody; in production set SMTP_URL instead',
    );
  }
  return { smtp: readSmtp(environment), preview: preview ?? isForDevelopment(environment, at) };
}
