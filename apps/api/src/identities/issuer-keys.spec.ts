import { setTimeout as sleep } from 'node:timers/promises';
import { jwtVerify } from 'jose';
import { type OidcIssuer, startOidcIssuer } from '../../../../test/support/oidc-issuer';
import { IssuerKeys, type IssuerKeysOptions } from './issuer-keys';

const DISCOVERY = '/.well-known/openid-configuration';
const NEVER_MS = 60 * 60_000;
const UNAVAILABLE = { code: 'issuer_unavailable', retryAfter: 5 };

let issuer: OidcIssuer;

beforeEach(async () => {
  issuer = await startOidcIssuer();
});

afterEach(() => issuer.close());

/** Verifies tokens by keys that are fetched as `options` say. */
function verifier(options: Partial<IssuerKeysOptions> = {}): (token?: string) => Promise<unknown> {
  const keys = new IssuerKeys(issuer.config, options);
  return async (token) => jwtVerify(token ?? (await issuer.token()), keys.find);
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await sleep(5);
}

test('are fetched once for all calls that wait for them', async () => {
  const verify = verifier();
  await Promise.all([verify(), verify(), verify()]);
  await verify();
  expect(issuer.fetches).toEqual({ keys: 1, discovery: 1 });
});

test('are fetched from where the configuration says, without asking', async () => {
  issuer.config.jwksUrl = `${issuer.config.issuer}/keys`;
  await verifier()();
  expect(issuer.fetches).toEqual({ keys: 1, discovery: 0 });
});

test('that are new are found, and those that were taken back work no more', async () => {
  const verify = verifier({ cooldownMs: 0 });
  const old = await issuer.token();
  await verify(old);
  await issuer.rotate();
  await verify();
  await expect(verify(old)).rejects.toMatchObject({ code: 'ERR_JWKS_NO_MATCHING_KEY' });
});

test('are not fetched for every token that names one which is not there', async () => {
  const verify = verifier();
  await verify();
  for (const kid of ['a', 'b', 'c']) {
    const token = await issuer.token({}, { header: { kid } });
    await expect(verify(token)).rejects.toMatchObject({ code: 'ERR_JWKS_NO_MATCHING_KEY' });
  }
  expect(issuer.fetches.keys).toBe(1);
});

test('are fetched anew beside the calls that go on with them', async () => {
  const verify = verifier({ freshMs: 0, cooldownMs: 0 });
  await verify();
  await verify();
  await until(() => issuer.fetches.keys === 2);
  expect(issuer.fetches.discovery).toBe(1);
});

test('go on working while the issuer is away, though they are not fresh', async () => {
  const verify = verifier({ freshMs: 0, cooldownMs: 0 });
  await verify();
  await issuer.goAway();
  await expect(verify()).resolves.toBeDefined();
  await expect(verify()).resolves.toBeDefined();
});

test('are believed no longer than they are kept', async () => {
  const verify = verifier({ keepMs: 0 });
  await verify();
  await issuer.goAway();
  await expect(verify()).rejects.toMatchObject(UNAVAILABLE);
  await issuer.comeBack();
  await verify();
});

test('that are not known cannot be asked for while the issuer is away', async () => {
  const verify = verifier({ cooldownMs: 0 });
  await verify();
  const token = await issuer.token({}, { header: { kid: 'new' } });
  await issuer.goAway();
  await expect(verify(token)).rejects.toMatchObject(UNAVAILABLE);
  await verify();
});

test.each<[string, string, { status?: number; body: string }]>([
  ['discovery fails', DISCOVERY, { status: 500, body: '{}' }],
  ['discovery is a page', DISCOVERY, { body: '<!doctype html>' }],
  ['discovery is of another issuer', DISCOVERY, { body: '{"issuer":"https://evil.example"}' }],
  ['the keys fail', '/keys', { status: 500, body: '{}' }],
  ['the keys are said to be elsewhere', '/keys', { status: 302, body: '' }],
  ['the keys are none', '/keys', { body: '{"keys":"none"}' }],
])('cannot be had where %s, and are once it is right', async (_, path, answer) => {
  const verify = verifier({ freshMs: NEVER_MS });
  issuer.answers.set(path, answer);
  await expect(verify()).rejects.toMatchObject(UNAVAILABLE);
  issuer.answers.delete(path);
  await verify();
});

test('are not fetched from where anybody may put others in their place', async () => {
  const jwks_uri = 'http://keys.example.com/';
  issuer.answers.set(DISCOVERY, { body: JSON.stringify({ issuer: issuer.config.issuer, jwks_uri }) });
  await expect(verifier()()).rejects.toMatchObject(UNAVAILABLE);
});
