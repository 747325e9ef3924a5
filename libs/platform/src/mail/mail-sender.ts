/** One mail to one person. */
export interface Mail {
  /** An address alone, without a name. */
  to: string;
  /** One line. */
  subject: string;
  text: string;
  html: string;
}

/** `kept`: for a developer to read, not on its way. `dropped`: no mail server is configured. */
export type MailFate = 'sent' | 'kept' | 'dropped';

export interface KeptMail {
  id: string;
  recipient: string;
  subject: string;
  body: string;
  createdAt: Date;
}

export interface MailSender {
  /** Takes network or database: never inside a transaction. Throws where the server does not take the mail. */
  send(mail: Mail): Promise<MailFate>;
  /** Newest first; null where mails are not kept. */
  kept(): Promise<KeptMail[] | null>;
}
