import { AccessTokens } from '@slipway/api/http/access-tokens';
import { KeySeal } from '@slipway/core/accounts/signing-keys/key-seal';
import { RotatingKeys } from '@slipway/core/accounts/signing-keys/rotating-keys';
import {
  KEY_LIFE_MS,
  PUBLISHED_AHEAD_MS,
  rotateSigningKeys,
  VERIFIES_ON_MS,
} from '@slipway/core/accounts/signing-keys/rotate-signing-keys';
import { createLocalJWKSet, decodeProtectedHeader, jwtVerify, SignJWT } from 'jose';
import { describeCore } from '../../support/describe-core';
import { createHttpWorld } from '../../support/http-world';
import { storageForTests } from '../../support/storage-for-tests';

const SECRET = 'a secret of at least thirty-two bytes';
const OTHER = 'another secret of thirty-two bytes!!!';
const issuer = 'https://files.example.com';
const holder = { userId: 'USR-1', sessionId: 'SES-1' };
const HOUR_MS = 3_600_000;

describeCore(
  'signing keys that rotate',
  (stage) => {
    const deps = () => stage.world.deps;
    const seal = new KeySeal(SECRET, null);
    /** As another API process would have them. */
    const process = (by = seal) => {
      const keys = new RotatingKeys(by, deps());
      return { keys, tokens: new AccessTokens({ keys, issuer, lifeSeconds: 3_600, clock: deps().clock }) };
    };
    const kidOf = (token: string) => decodeProtectedHeader(token).kid;
    const rows = () =>
      deps().db.query<Record<string, unknown>[]>('select * from signing_keys order by signs_from');
    const rotate = () => rotateSigningKeys(seal, deps());

    beforeEach(() => deps().db.query('delete from signing_keys'));

    test('the first is made when it is needed, once for processes at once', async () => {
      const issued = await Promise.all([1, 2, 3].map(() => process().tokens.issue(holder)));
      expect(await rows()).toHaveLength(1);
      for (const { accessToken } of issued)
        expect(await process().tokens.verify(accessToken)).toMatchObject(holder);
    });

    test('others verify with what is published, and learn nothing that signs', async () => {
      const { keys, tokens } = process();
      const { accessToken } = await tokens.issue(holder);
      const published = await keys.published();
      expect(published).toEqual([
        {
          kty: 'EC',
          crv: 'P-256',
          alg: 'ES256',
          use: 'sig',
          kid: kidOf(accessToken),
          x: expect.any(String) as string,
          y: expect.any(String) as string,
        },
      ]);
      const { payload } = await jwtVerify(accessToken, createLocalJWKSet({ keys: published }), {
        issuer,
        audience: issuer,
        currentDate: deps().clock.now(),
      });
      expect(payload).toMatchObject({ sub: 'USR-1', sid: 'SES-1' });
    });

    test('the next is published a day before it signs, and the last verifies until its tokens are over', async () => {
      const first = (await process().tokens.issue(holder)).accessToken;
      deps().clock.advance(KEY_LIFE_MS - PUBLISHED_AHEAD_MS - 1);
      expect(await rotate()).toBe('nothing due');
      deps().clock.advance(1);
      expect([await rotate(), await rotate()]).toEqual(['next key', 'nothing due']);
      expect(await process().keys.published()).toHaveLength(2);
      deps().clock.advance(PUBLISHED_AHEAD_MS - 1);
      const last = (await process().tokens.issue(holder)).accessToken;
      expect(kidOf(last)).toBe(kidOf(first));
      deps().clock.advance(1);
      const next = (await process().tokens.issue(holder)).accessToken;
      expect(kidOf(next)).not.toBe(kidOf(first));
      deps().clock.advance(HOUR_MS - 1_001);
      expect(await process().tokens.verify(last)).toMatchObject(holder);
      deps().clock.advance(VERIFIES_ON_MS - HOUR_MS + 1_001);
      expect(await process().keys.find(String(kidOf(last)))).toBeNull();
      expect(await process().keys.published()).toHaveLength(1);
      await rotate();
      expect(await rows()).toHaveLength(1);
    });

    test('a process that runs takes in the key of another one', async () => {
      const running = process();
      await running.tokens.issue(holder);
      await deps().db.query('delete from signing_keys');
      const { accessToken } = await process().tokens.issue(holder);
      // Unknown names are asked for again after some seconds, not at each call.
      const later = performance.now() + 6_000;
      const clock = jest.spyOn(performance, 'now').mockReturnValue(later);
      expect(await running.tokens.verify(accessToken)).toMatchObject(holder);
      clock.mockRestore();
    });

    test('a worker that was away for long leaves the last key in place', async () => {
      const { accessToken } = await process().tokens.issue(holder);
      deps().clock.advance(3 * KEY_LIFE_MS);
      expect(kidOf((await process().tokens.issue(holder)).accessToken)).toBe(kidOf(accessToken));
    });

    test('what is stored signs nothing, and not one that somebody else put there', async () => {
      await process().tokens.issue(holder);
      const [row] = await rows();
      const sealed = row?.['sealed_key'] as Buffer;
      expect(sealed.includes(Buffer.from('prime256v1'))).toBe(false);
      expect(await process(new KeySeal(OTHER, null)).keys.published()).toEqual([]);
      const { publicKey } = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, [
        'sign',
      ]);
      const foreign = await crypto.subtle.exportKey('jwk', publicKey);
      await deps().db.query('update signing_keys set public_key = $1', [JSON.stringify(foreign)]);
      expect(await process().keys.published()).toEqual([]);
    });

    test('another secret opens what the one before it sealed, or begins anew', async () => {
      const { accessToken } = await process().tokens.issue(holder);
      const withPrevious = process(new KeySeal(OTHER, SECRET));
      expect(await withPrevious.tokens.verify(accessToken)).toMatchObject(holder);
      const without = process(new KeySeal(OTHER, null));
      expect(await without.tokens.verify(accessToken)).toBeNull();
      const { accessToken: own } = await without.tokens.issue(holder);
      expect(await without.tokens.verify(own)).toMatchObject(holder);
    });

    test('a public key is no secret to sign with', async () => {
      const { keys, tokens } = process();
      const { accessToken } = await tokens.issue(holder);
      const key = await keys.find(String(kidOf(accessToken)));
      const pem = key?.verifies.export({ type: 'spki', format: 'pem' }).toString() ?? '';
      const now = Math.floor(deps().clock.now().getTime() / 1000);
      const forged = await new SignJWT({
        sub: 'USR-1',
        sid: 'SES-1',
        iss: issuer,
        aud: issuer,
        iat: now,
        exp: now + 60,
      })
        .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', kid: String(kidOf(accessToken)) })
        .sign(new TextEncoder().encode(pem));
      expect(await tokens.verify(forged)).toBeNull();
    });

    test('are published at both addresses; a secret is at neither', async () => {
      const rotating = await createHttpWorld(stage.world, { signingKeys: process().keys });
      const token = await rotating.signUp();
      expect((await rotating.call('GET', '/api/auth/me', { token })).status).toBe(200);
      const [one, other] = [
        await rotating.call('GET', '/.well-known/jwks.json'),
        await rotating.call('GET', '/api/auth/jwks'),
      ];
      expect(one.body).toMatchObject({ keys: [{ kid: kidOf(token), alg: 'ES256' }] });
      expect(other.body).toEqual(one.body);
      expect(one.headers['cache-control']).toBe('public, max-age=3600');
      await rotating.close();
      const secret = await createHttpWorld(stage.world);
      expect((await secret.call('GET', '/.well-known/jwks.json')).body).toEqual({ keys: [] });
      await secret.close();
    });
  },
  storageForTests().slice(0, 1),
);
