import { createHmac, generateKeyPairSync } from 'node:crypto';
import { decodeJwt, decodeProtectedHeader, type JWTHeaderParameters, type JWTPayload, SignJWT } from 'jose';
import { describeHttp } from '../../support/describe-http';
import { JWT_SECRET_OF_TESTS } from '../../support/http-world';
import { storageForTests } from '../../support/storage-for-tests';
import { expectRefusal } from './refusal';

const SECRET = new TextEncoder().encode(JWT_SECRET_OF_TESTS);
const json = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const now = (): number => Math.floor(Date.now() / 1000);

/** A good token in its parts, for an attacker to put together again. */
interface Parts {
  header: JWTHeaderParameters;
  payload: JWTPayload;
  token: string;
}

const signed = (
  { header, payload }: Parts,
  change: { header?: object; payload?: object; key?: Uint8Array } = {},
) =>
  new SignJWT({ ...payload, ...change.payload })
    .setProtectedHeader({ ...header, ...change.header })
    .sign(change.key ?? SECRET);

const unsigned = ({ payload }: Parts, alg: string): string =>
  `${json({ alg, typ: 'at+jwt' })}.${json(payload)}.`;

/** Signs whatever the header says with HMAC, as a server that believes the header would check it. */
function hmac({ payload }: Parts, header: object, key: string | Buffer): string {
  const text = `${json(header)}.${json(payload)}`;
  return `${text}.${createHmac('sha256', key).update(text).digest('base64url')}`;
}

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const publicPem = rsa.publicKey.export({ type: 'spki', format: 'pem' }).toString();

const FORGERIES: Record<string, (parts: Parts) => string | Promise<string>> = {
  'alg none': (parts) => unsigned(parts, 'none'),
  'alg None': (parts) => unsigned(parts, 'None'),
  'alg NONE with a signature': (parts) => `${unsigned(parts, 'NONE')}AAAA`,
  'no alg': (parts) => hmac(parts, { typ: 'at+jwt' }, JWT_SECRET_OF_TESTS),
  'the right signature left out': ({ token }) => `${token.split('.').slice(0, 2).join('.')}.`,
  'two parts': ({ token }) => token.split('.').slice(0, 2).join('.'),
  'four parts': ({ token }) => `${token}.AAAA`,
  'a signature of another token': ({ token, ...parts }) =>
    `${json(parts.header)}.${json({ ...parts.payload, sub: 'USR-0' })}.${token.split('.')[2]}`,
  'another secret': (parts) =>
    signed(parts, { key: new TextEncoder().encode('another secret of thirty-two bytes!') }),
  'an empty secret': (parts) => hmac(parts, parts.header, ''),
  'HS512 with the right secret': (parts) => signed(parts, { header: { alg: 'HS512' } }),
  'RS256 by a key of the attacker': ({ header, payload }) =>
    new SignJWT(payload).setProtectedHeader({ ...header, alg: 'RS256' }).sign(rsa.privateKey),
  'HS256 keyed with a public key': (parts) => hmac(parts, parts.header, publicPem),
  'a key in the header (jwk)': ({ header, payload }) =>
    new SignJWT(payload)
      .setProtectedHeader({ ...header, alg: 'RS256', jwk: rsa.publicKey.export({ format: 'jwk' }) })
      .sign(rsa.privateKey),
  'a key address in the header (jku)': (parts) =>
    hmac(parts, { ...parts.header, jku: 'http://127.0.0.1:9/jwks.json' }, 'the attacker’s'),
  'a kid of a path': (parts) => hmac(parts, { ...parts.header, kid: '../../../../dev/null' }, ''),
  'a kid of SQL': (parts) => hmac(parts, { ...parts.header, kid: "' union select 'x' --" }, 'x'),
  'a critical extension': (parts) =>
    hmac(parts, { ...parts.header, crit: ['unheard-of'], 'unheard-of': true }, JWT_SECRET_OF_TESTS),
  expired: (parts) => signed(parts, { payload: { exp: now() - 60 } }),
  'without an end': ({ header, payload }) => {
    const { exp: _, ...endless } = payload;
    return new SignJWT(endless).setProtectedHeader(header).sign(SECRET);
  },
  'not yet valid': (parts) => signed(parts, { payload: { nbf: now() + 600 } }),
  'of another issuer': (parts) => signed(parts, { payload: { iss: 'https://evil.example' } }),
  'for another audience': (parts) => signed(parts, { payload: { aud: 'https://evil.example' } }),
  'of another type': (parts) => signed(parts, { header: { typ: 'id+jwt' } }),
  'of nobody': (parts) => signed(parts, { payload: { sub: undefined } }),
  'of an account that is not there': (parts) =>
    signed(parts, { payload: { sub: 'USR-00000000000000000000000000' } }),
  'of SQL': (parts) => signed(parts, { payload: { sub: "' or '1'='1" } }),
  'of a number': (parts) => signed(parts, { payload: { sub: 1 as unknown as string } }),
  'issued before all tokens were taken back': async (parts) => signed(parts, { payload: { iat: 1 } }),
  'padding and spaces': ({ token }) => `${token}== `,
  'the token twice': ({ token }) => `${token},${token}`,
  'ten thousand characters': () => `${'a'.repeat(5_000)}.${'b'.repeat(4_000)}.${'c'.repeat(1_000)}`,
  'an encrypted token (JWE)': () => `${json({ alg: 'dir', enc: 'A256GCM' })}..AAAA.AAAA.AAAA`,
  nothing: () => '',
};

describeHttp(
  'a token that is forged',
  (stage) => {
    const ask = (authorization: string) =>
      stage.http.call('GET', '/api/auth/me', { headers: { authorization } });

    async function parts(): Promise<Parts> {
      const { sub } = decodeJwt(stage.token);
      await stage.world.deps.db.query(
        "update users set tokens_valid_from = now() - interval '1 hour' where id = $1",
        [sub],
      );
      const header = decodeProtectedHeader(stage.token) as JWTHeaderParameters;
      return { header, payload: decodeJwt(stage.token), token: stage.token };
    }

    test('is the good one taken apart and signed again, so that each below fails for its own reason', async () => {
      expect((await ask(`Bearer ${await signed(await parts())}`)).status).toBe(200);
    });

    test.each(Object.keys(FORGERIES))('%s', async (name) => {
      const token = await (FORGERIES[name] as (parts: Parts) => Promise<string>)(await parts());
      expectRefusal(await ask(`Bearer ${token}`), 401, 'unauthenticated');
    });

    test.each(['Basic', 'Token', 'bearer\t', ''])('good, but shown as "%s"', async (scheme) => {
      expectRefusal(await ask(`${scheme}${scheme === '' ? '' : ' '}x${stage.token}`), 401, 'unauthenticated');
    });

    test('in the query is not looked at', async () => {
      expectRefusal(
        await stage.http.call('GET', `/api/auth/me?access_token=${stage.token}`),
        401,
        'unauthenticated',
      );
    });

    test('in a cookie is not looked at: no page of another origin can make a browser show it', async () => {
      const cookie = `access_token=${stage.token}; slipway_refresh=${stage.token}`;
      expectRefusal(
        await stage.http.call('GET', '/api/auth/me', { headers: { cookie } }),
        401,
        'unauthenticated',
      );
    });
  },
  storageForTests().slice(0, 1),
);
