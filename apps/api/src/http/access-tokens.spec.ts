import { secretKeys } from '@slipway/core/accounts/signing-keys/secret-keys';
import { decodeJwt, decodeProtectedHeader, type JWTHeaderParameters, SignJWT } from 'jose';
import { AccessTokens, type AccessTokensOptions } from './access-tokens';

const SECRET = 'a secret of at least thirty-two bytes';
const ISSUER = 'https://files.example.com';
const holder = { userId: 'USR-1', sessionId: 'SES-1' };

const START = new Date('2026-05-01T10:00:00.900Z');

function tokensWith(options: Partial<AccessTokensOptions> = {}) {
  let now = START;
  const keys = secretKeys(SECRET, null);
  const clock = { now: () => now };
  const tokens = new AccessTokens({ keys, issuer: ISSUER, lifeSeconds: 1_800, clock, ...options });
  const advance = (seconds: number) => {
    now = new Date(now.getTime() + seconds * 1000);
  };
  return { tokens, keys, advance };
}

const issue = async ({ tokens }: ReturnType<typeof tokensWith>) => (await tokens.issue(holder)).accessToken;

/** A good token, changed and signed again with the right key. */
async function resigned(change: { header?: object; payload?: object }): Promise<string> {
  const token = await issue(tokensWith());
  return new SignJWT({ ...decodeJwt(token), ...change.payload })
    .setProtectedHeader({ ...decodeProtectedHeader(token), ...change.header } as JWTHeaderParameters)
    .sign(new TextEncoder().encode(SECRET));
}

test('a token it issued says whose it is and of which session, for how long', async () => {
  const world = tokensWith();
  const { accessToken, expiresInSeconds } = await world.tokens.issue(holder);
  const issuedAt = Math.floor(START.getTime() / 1000);
  expect(expiresInSeconds).toBe(1_800);
  expect(await world.tokens.verify(accessToken)).toEqual({
    ...holder,
    issuedAt,
    expiresAt: issuedAt + 1_800,
  });
  expect(decodeProtectedHeader(accessToken)).toEqual({
    alg: 'HS256',
    typ: 'at+jwt',
    kid: (await world.keys.current()).id,
  });
  expect(decodeJwt(accessToken)).toMatchObject({ iss: ISSUER, aud: ISSUER });
});

test('signed again without a change it is good, so that each below fails for its own reason', async () => {
  expect(await tokensWith().tokens.verify(await resigned({}))).toMatchObject(holder);
});

test.each([
  ['no session', { payload: { sid: undefined } }],
  ['a session that is no text', { payload: { sid: 1 } }],
  ['no user', { payload: { sub: undefined } }],
  ['no end', { payload: { exp: undefined } }],
  ['no time of issue', { payload: { iat: undefined } }],
  ['another issuer', { payload: { iss: 'https://evil.example' } }],
  ['another audience', { payload: { aud: 'https://evil.example' } }],
  ['no audience', { payload: { aud: undefined } }],
  ['another type', { header: { typ: 'JWT' } }],
  ['no type', { header: { typ: undefined } }],
  ['no key', { header: { kid: undefined } }],
  ['another key', { header: { kid: 'AAAAAAAAAAA' } }],
  ['another algorithm', { header: { alg: 'HS384' } }],
])('a token with %s is refused', async (_what, change) => {
  expect(await tokensWith().tokens.verify(await resigned(change))).toBeNull();
});

test('a token of another secret is refused; of the secret before, it is not', async () => {
  const token = await issue(tokensWith());
  const after = (previous: string | null) =>
    tokensWith({ keys: secretKeys('another secret of thirty-two bytes!!', previous) }).tokens;
  expect(await after(null).verify(token)).toBeNull();
  expect(await after(SECRET).verify(token)).toMatchObject(holder);
});

test('a token is over to the second, also when it was verified before', async () => {
  const world = tokensWith();
  const token = await issue(world);
  expect(await world.tokens.verify(token)).not.toBeNull();
  world.advance(1_799);
  expect(await world.tokens.verify(token)).not.toBeNull();
  world.advance(0.1);
  expect(await world.tokens.verify(token)).toBeNull();
});

test('the signature of a token is checked once', async () => {
  const keys = secretKeys(SECRET, null);
  let asked = 0;
  const find = (id: string) => {
    asked += 1;
    return keys.find(id);
  };
  const world = tokensWith({ keys: { ...keys, find } });
  const token = await issue(world);
  const answers = [await world.tokens.verify(token), await world.tokens.verify(token)];
  expect(answers).toEqual([expect.objectContaining(holder), answers[0]]);
  expect(asked).toBe(1);
});

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

test.each([
  '',
  'x',
  'a.b.c',
  '..',
  `${part({ alg: 'none', typ: 'at+jwt' })}.${part({ sub: 'USR-1', iss: ISSUER })}.`,
  `${part(null)}.${part(null)}.`,
  `${part({ alg: 'HS256', kid: { toString: 1 } })}.${part({})}.AAAA`,
  'a'.repeat(100_000),
])('%# is refused', async (token) => {
  expect(await tokensWith().tokens.verify(token)).toBeNull();
});
