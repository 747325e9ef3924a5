import { invitationMail, resetMail } from '@slipway/core/mail/mails';
import { smtpSender } from '@slipway/platform/mail/smtp-sender';
import { type SmtpServer, startSmtpServer } from '../../support/smtp-server';

const from = 'Slipway <no-reply@files.example.com>';
const url = 'https://files.example.com/#/app/reset/a-token';

let server: SmtpServer;

beforeEach(async () => {
  server = await startSmtpServer();
});

afterEach(() => server.stop());

const headersOf = (content: string): string[] =>
  (content.split('\r\n\r\n', 1)[0] ?? '').replaceAll(/\r\n[ \t]+/g, ' ').split('\r\n');

/** The parts of a mail of two, as a reader decodes them. */
const decoded = (content: string): string =>
  content
    .replaceAll(/=\r\n/g, '')
    .replaceAll(/=([0-9A-F]{2})/g, (_, hex) => Buffer.from(hex, 'hex').toString('latin1'));

test('a mail arrives as text and as HTML, from whom it is and to one', async () => {
  const mail = resetMail({ to: 'ada@example.com', name: 'Ada', url });
  expect(await smtpSender({ url: server.url, from }).send(mail)).toBe('sent');
  const [received] = server.mails;
  expect(server.mails).toHaveLength(1);
  expect(received).toMatchObject({ from: 'no-reply@files.example.com', to: ['ada@example.com'] });
  const content = received?.content ?? '';
  expect(headersOf(content)).toEqual(
    expect.arrayContaining([
      'From: Slipway <no-reply@files.example.com>',
      'To: ada@example.com',
      'Subject: Choose a new password',
      'Auto-Submitted: auto-generated',
    ]),
  );
  expect(content).toMatch(/multipart\/alternative[\s\S]*text\/plain[\s\S]*text\/html/);
  expect(decoded(content)).toContain(`<a href="${url}">`);
});

test.each([
  ['a subject', { inviter: 'Eve\r\nBcc: victim@example.com\r\n\r\nA body of mine', to: 'ada@example.com' }],
  ['an address with a line', { inviter: 'Eve', to: 'ada@example.com\r\nBcc: victim@example.com' }],
  ['an address with a comma', { inviter: 'Eve', to: 'ada@example.com, victim@example.com' }],
  [
    'an address that ends the command',
    { inviter: 'Eve', to: 'ada@example.com>\r\nRCPT TO:<victim@example.com' },
  ],
])('%s is no way to another recipient or header', async (_what, { inviter, to }) => {
  const mail = invitationMail({ to, inviter, project: 'Harbour', url });
  // Taken in one piece, or refused: never by two.
  await smtpSender({ url: server.url, from })
    .send(mail)
    .catch(() => undefined);
  for (const received of server.mails) {
    expect(received.to).toHaveLength(1);
    expect(received.to).not.toContain('victim@example.com');
    expect(headersOf(received.content).filter((line) => /^(bcc|cc):/i.test(line))).toEqual([]);
  }
});

test('letters of every language arrive', async () => {
  const mail = invitationMail({ to: 'ada@example.com', inviter: 'Żółć 🐎', project: '港', url });
  await smtpSender({ url: server.url, from }).send(mail);
  const content = server.mails[0]?.content ?? '';
  expect(content).toMatch(/^[\x20-\x7e\r\n\t]*$/);
  expect(Buffer.from(decoded(content), 'latin1').toString()).toContain(
    'Żółć 🐎 invites you to the project 港.',
  );
});

test('a server that does not take a mail, or is away, fails the sending', async () => {
  const mail = resetMail({ to: 'ada@example.com', name: 'Ada', url });
  const sender = smtpSender({ url: server.url, from });
  server.answer = '451 Try again later';
  await expect(sender.send(mail)).rejects.toThrow('451');
  expect(server.mails).toEqual([]);
  await expect(smtpSender({ url: 'smtp://127.0.0.1:1', from }).send(mail)).rejects.toThrow('ECONNREFUSED');
});
