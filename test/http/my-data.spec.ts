import { makeExport } from '@slipway/core/my-data/make-export';
import { systemPrincipal } from '@slipway/core/shared/principal';
import { describeHttp } from '../support/describe-http';
import { createHttpWorld, type HttpWorld } from '../support/http-world';
import { type OidcIssuer, startOidcIssuer } from '../support/oidc-issuer';
import { PASSWORD_OF_TESTS } from '../support/core-world';
import { storageForTests } from '../support/storage-for-tests';

describeHttp(
  'my data',
  (stage) => {
    let token: string;
    const get = (path: string, http: HttpWorld = stage.http) => http.call('GET', path, { token });
    const erase = (body?: object, http: HttpWorld = stage.http, by = token) =>
      http.call('DELETE', '/api/me', { token: by, ...(body && { body }) });

    beforeEach(async () => {
      token = await stage.http.signInAs(stage.user);
    });

    test('is asked for, and comes as a URL when it is there', async () => {
      const asked = await stage.http.call('POST', '/api/me/export', { token });
      expect([asked.status, asked.body]).toEqual([
        202,
        { id: expect.stringMatching(/^EXP-/), status: 'pending' },
      ]);
      const again = await stage.http.call('POST', '/api/me/export', { token });
      expect(again.body).toEqual(asked.body);
      const pending = (await get('/api/me/exports')).body['data'] as object[];
      expect(pending).toEqual([
        {
          id: asked.body['id'],
          status: 'pending',
          file_size: null,
          reason: null,
          url: null,
          expires_at: null,
          created_at: expect.any(String),
        },
      ]);
      const exportId = String(asked.body['id']);
      await makeExport(systemPrincipal(), { exportId, lastTry: false }, stage.world.deps);
      const [ready] = (await get('/api/me/exports')).body['data'] as Record<string, unknown>[];
      expect(ready).toMatchObject({ status: 'ready', file_size: expect.any(Number) });
      const file = await fetch(String(ready?.['url']));
      expect((await file.arrayBuffer()).byteLength).toBe(ready?.['file_size']);
    });

    test('is nobody’s by an API key, whatever its scopes', async () => {
      const body = { name: 'All', scopes: ['projects:read', 'assets:write', 'audit:read'] };
      const made = await stage.http.call('POST', '/api/auth/api-keys', { token, body });
      const headers = { 'x-api-key': String(made.body['key']) };
      const call = async (method: 'GET' | 'POST' | 'DELETE', path: string) =>
        (await stage.http.call(method, path, { headers })).status;
      expect(await call('POST', '/api/me/export')).toBe(403);
      expect(await call('GET', '/api/me/exports')).toBe(403);
      expect(await call('DELETE', '/api/me')).toBe(403);
    });

    test('is erased by the password only, and nothing opens the account from then on', async () => {
      const body = { name: 'Nightly', scopes: ['projects:read'] };
      const key = String((await stage.http.call('POST', '/api/auth/api-keys', { token, body })).body['key']);
      for (const wrong of [undefined, {}, { password: null }, { password: 'wrong horse' }]) {
        const refused = await erase(wrong);
        expect([refused.status, refused.body['code']]).toEqual([401, 'invalid_credentials']);
      }
      expect((await get('/api/auth/me')).status).toBe(200);
      const erased = await erase({ password: PASSWORD_OF_TESTS });
      expect([erased.status, erased.text]).toEqual([202, '']);
      expect((await get('/api/auth/me')).status).toBe(401);
      const byKey = await stage.http.call('GET', '/api/projects', { headers: { 'x-api-key': key } });
      expect(byKey.status).toBe(401);
      const credentials = { email: stage.user.account?.email, password: PASSWORD_OF_TESTS };
      const logIn = await stage.http.call('POST', '/api/auth/login', { body: credentials });
      expect([logIn.status, logIn.body['code']]).toEqual([401, 'invalid_credentials']);
    });

    test('names a field that is none', async () => {
      const answer = await erase({ password: 7, user_id: 'USR-1' });
      const fields = (answer.body['errors'] as { field: string }[]).map(({ field }) => field);
      expect(new Set(fields)).toEqual(new Set(['password', 'user_id']));
    });

    describe('of somebody from outside', () => {
      let issuer: OidcIssuer;
      let http: HttpWorld;

      beforeEach(async () => {
        issuer = await startOidcIssuer();
        http = await createHttpWorld(stage.world, { oidc: issuer.config });
      });

      afterEach(async () => {
        await http.close();
        await issuer.close();
      });

      test('is erased by a token of the last five minutes, and no token of before opens anything', async () => {
        const now = Math.floor(Date.now() / 1000);
        const old = await issuer.token({ iat: now - 301 });
        const refused = await erase({}, http, old);
        expect([refused.status, refused.body['code']]).toEqual([401, 'unauthenticated']);
        const fresh = await issuer.token({ iat: now - 200 });
        expect((await erase({}, http, fresh)).status).toBe(202);
        for (const spent of [old, fresh]) {
          expect((await http.call('GET', '/api/auth/me', { token: spent })).status).toBe(401);
        }
      });
    });
  },
  storageForTests().slice(0, 1),
);
