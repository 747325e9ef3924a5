import { redact } from './redact';

/** As it stands in a line of the log: in a field of its own, in a message, and in JSON within a field. */
const inLines = (text: string): string[] => [
  JSON.stringify({ field: text }),
  JSON.stringify({ msg: `before ${text} after` }),
  JSON.stringify({ outer: JSON.stringify({ inner: text }) }),
];

describe.each([
  ['an access token', 'Bearer eyJhbGciOi.J9.MARKED'],
  ['a token in lower case', 'bearer eyJhbGciOi.J9.MARKED'],
  ['a basic credential', 'Basic TUFSS0VE+MARKED=='],
  ['an API key', 'slw_MARKED-0'],
  ['a JSON Web Token on its own', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJVU1IifQ.MARKED-0123_abc'],
  ['the path of a share link', 'https://files.example.com/api/s/MARKED-0123456789/download'],
  ['the path of a share page', 'https://files.example.com/s/MARKED-0123456789'],
  ['the page of a share link', 'https://files.example.com/#/s/MARKED-0123456789'],
  ['a private reference', '/api/private/MARKED/signed-url'],
  ['a private reference as it is stored', 'private://MARKED'],
  ['a mailed link', 'https://files.example.com/#/reset?token=MARKED'],
  ['a token in a fragment', 'https://files.example.com/#/verify/x?email=a&token=MARKED&then=b'],
  ['the token of storage events', '/api/storage-events?token=MARKED'],
  ['a signed URL', 'https://storage/b/k?X-Amz-Date=1&X-Amz-Signature=MARKED&x-id=GetObject'],
  ['a session token of a signed URL', 'https://storage/b/k?X-Amz-Security-Token=MARKED'],
  ['the credential of a signed URL', 'https://storage/b/k?X-Amz-Credential=MARKED%2F20260501'],
  ['the address of a database', 'postgres://slipway:MARKED@127.0.0.1:5432/slipway'],
  ['a password with an at sign in it', 'postgres://slipway:MAR@KED-MARKED@127.0.0.1:5432/slipway'],
  ['the address of a mail server', 'smtps://me%40example.com:MARKED@smtp.example.com'],
  ['an address without a user', 'redis://:MARKED@127.0.0.1:6379'],
  ['a refresh cookie', 'slipway_refresh=MARKED; Path=/api/auth; HttpOnly'],
  ['a refresh cookie over https', '__Secure-slipway_refresh=MARKED'],
])('%s', (_what, text) => {
  it('is in no line', () => {
    for (const line of inLines(text)) {
      expect(redact(line)).not.toContain('MARKED');
      expect(() => JSON.parse(redact(line)) as unknown).not.toThrow();
    }
  });
});

describe.each([
  'authorization',
  'Proxy-Authorization',
  'cookie',
  'Set-Cookie',
  'x-api-key',
  'password',
  'current_password',
  'newPassword',
  'password_hash',
  'token',
  'access_token',
  'refreshToken',
  'secret',
  'jwtSecret',
  'secretAccessKey',
  'SecretAccessKey',
])('the field %s', (name) => {
  it.each([
    ['text', 'MARKED "and more" MARKED'],
    ['a list', ['MARKED', 'MARKED']],
  ])('is in no line as %s', (_kind, value) => {
    const body = { before: 0, [name]: value, after: 1 };
    const message = `not JSON: ${JSON.stringify(body)}`;
    const objects = [body, { body }, { body: [body] }, { body: JSON.stringify(body) }, { err: { message } }];
    for (const object of objects) {
      const line = redact(JSON.stringify(object));
      expect(line).not.toContain('MARKED');
      expect(() => JSON.parse(line) as unknown).not.toThrow();
    }
  });
});

it.each([
  '{"level":30,"path":"/api/projects/PRJ-1/shares","tokens":3,"msg":"answered"}',
  '{"passwordless":true,"password":null,"msg":"private thoughts, s/he said"}',
  '{"url":"https://files.example.com/private-beach.png?x=1"}',
  '{"name":"Bearer or not"}',
])('what is no secret stays: %s', (line) => {
  expect(redact(line)).toBe(line);
});

it('a body that is cut off within a password keeps it', () => {
  const line = redact(JSON.stringify({ err: { message: 'at 20 of {"email":"a","password":"MARKED' } }));
  expect(line).not.toContain('MARKED');
});

it('a line stays a line', () => {
  expect(redact('{"password":"x","msg":"y"}\n')).toBe('{"password":"[hidden]","msg":"y"}\n');
});
