import { SignJWT } from 'jose';
import { AccessTokens } from './access-tokens';

const secret = 'a secret of at least thirty-two bytes';
const key = new TextEncoder().encode(secret);
const tokens = new AccessTokens(secret);

test('a token it issued names its user', async () => {
  const { accessToken } = await tokens.issue('USR-1');
  expect(await tokens.verify(accessToken)).toMatchObject({ userId: 'USR-1' });
});

test('a token of another secret is refused', async () => {
  const { accessToken } = await new AccessTokens('another secret of thirty-two bytes!!').issue('USR-1');
  expect(await tokens.verify(accessToken)).toBeNull();
});

test('an expired token is refused', async () => {
  const expired = await new SignJWT()
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject('USR-1')
    .setIssuer('slipway')
    .setExpirationTime(Math.floor(Date.now() / 1000) - 10)
    .sign(key);
  expect(await tokens.verify(expired)).toBeNull();
});

test('an unsigned token is refused', async () => {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const unsigned = `${part({ alg: 'none' })}.${part({ sub: 'USR-1', iss: 'slipway' })}.`;
  expect(await tokens.verify(unsigned)).toBeNull();
});

test.each(['', 'x', 'a.b.c'])('%j is refused', async (token) => {
  expect(await tokens.verify(token)).toBeNull();
});
