import { invitationMail, resetMail } from './mails';

const url = 'https://files.example.com/#/app/reset/a-token';

test('a mail has its link in the text and in the HTML', () => {
  const mail = resetMail({ to: 'ada@example.com', name: 'Ada', url });
  expect(mail.text).toContain(`\n${url}\n`);
  expect(mail.html).toContain(`<a href="${url}">`);
  expect([mail.to, mail.subject]).toEqual(['ada@example.com', 'Choose a new password']);
});

test('what people typed is no HTML', () => {
  const { html } = resetMail({ to: 'a@example.com', name: `<img src=x onerror="a('b')">&`, url });
  expect(html).not.toContain('<img');
  expect(html).toContain('&lt;img src=x onerror=&quot;a(&#39;b&#39;)&quot;&gt;&amp;');
});

test('an address is no way out of the attribute it stands in', () => {
  const { html } = resetMail({
    to: 'a@example.com',
    name: 'A',
    url: 'https://x/"><script>alert(1)</script>',
  });
  expect(html).not.toContain('<script>');
});

test.each([
  '\r\nBcc: victim@example.com',
  '\nBcc: victim@example.com',
  '\u2028Bcc: x',
  '\u0000Bcc: x',
  '\u0085Bcc: x',
])('no header and no line begins within %j', (typed) => {
  const mail = invitationMail({ to: 'a@example.com', inviter: `Eve${typed}`, project: `P${typed}`, url });
  expect(mail.subject).toMatch(/^Eve Bcc: .* invites you to P Bcc: .*$/);
  expect(mail.text).not.toMatch(/^Bcc:/m);
});
