import { ConfigError, loadConfig } from './config';

const SMTP = { SMTP_URL: 'smtp://smtp.example.com:587', MAIL_FROM: 'no-reply@example.com' };

function faultsOf(variables: NodeJS.ProcessEnv): readonly string[] {
  try {
    loadConfig(variables);
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
  return [];
}

test.each([
  ['a bare machine', {}, true],
  ['a database of one’s own', { DATABASE_URL: 'postgres://db.example.com/files' }, false],
  ['a page that others reach', { PUBLIC_URL: 'https://files.example.com' }, false],
  ['production', { NODE_ENV: 'production' }, false],
  [
    'a database of one’s own, asked for',
    { DATABASE_URL: 'postgres://db.example.com/x', MAIL_PREVIEW: 'true' },
    true,
  ],
  ['a bare machine, not asked for', { MAIL_PREVIEW: 'false' }, false],
])('mails are shown on %s or not: %j', (_where, variables, preview) => {
  expect(loadConfig(variables).mail).toEqual({ smtp: null, preview });
});

test('addresses are proven where mails are sent, unless it is said otherwise', () => {
  const required = (variables: NodeJS.ProcessEnv) => loadConfig(variables).accounts.requireVerifiedEmail;
  expect(required({})).toBe(false);
  expect(required(SMTP)).toBe(true);
  expect(required({ ...SMTP, EMAIL_VERIFICATION: 'optional' })).toBe(false);
  expect(required({ EMAIL_VERIFICATION: 'required' })).toBe(true);
});

test('nobody is asked to prove an address where no mail goes anywhere', () => {
  expect(faultsOf({ EMAIL_VERIFICATION: 'required', MAIL_PREVIEW: 'false' })).toEqual([
    'EMAIL_VERIFICATION: lets nobody in while no mail is sent; set SMTP_URL',
  ]);
});

test('no server in production shows the links it would have mailed', () => {
  expect(faultsOf({ NODE_ENV: 'production', MAIL_PREVIEW: 'true' })).toEqual([
    'MAIL_PREVIEW: shows links to new passwords to everybody; in production set SMTP_URL instead',
  ]);
});

test('mails are from somebody', () => {
  expect(faultsOf({ SMTP_URL: SMTP.SMTP_URL })).toEqual([
    'MAIL_FROM: missing, while SMTP_URL is set; say whom the mails are from',
  ]);
});

test.each([
  ['ACCESS_TOKEN_MINUTES', '14'],
  ['ACCESS_TOKEN_MINUTES', '61'],
  ['SESSION_DAYS', '0'],
  ['EMAIL_VERIFICATION', 'yes'],
  ['PASSWORD_MEMORY_KIB', '512'],
  ['PASSWORD_PASSES', '0'],
  ['SIGNING_KEYS', 'none'],
  ['JWT_SECRET_PREVIOUS', 'short'],
])('refuses %s=%s', (name, value) => {
  expect(faultsOf({ [name]: value })).toEqual([expect.stringMatching(`^${name}: .*; give `)]);
});

test.each([
  'no-reply',
  'a@example.com, b@example.com',
  'Slipway <no-reply@example.com>\r\nBcc: x@example.com',
  'A <a@example.com> B <b@example.com>',
])('MAIL_FROM is one address, which %j is not', (from) => {
  expect(faultsOf({ ...SMTP, MAIL_FROM: from })).toEqual([expect.stringMatching('^MAIL_FROM: ')]);
});

test.each(['http://smtp.example.com', 'smtp.example.com:25'])(
  'SMTP_URL=%s is none, and is not shown',
  (url) => {
    const [fault] = faultsOf({ ...SMTP, SMTP_URL: url });
    expect(fault).toMatch(/^SMTP_URL: its value does not do; give /);
  },
);
