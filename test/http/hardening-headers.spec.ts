import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { describeHttp } from '../support/describe-http';
import { type Answer, createHttpWorld, type HttpWorld } from '../support/http-world';
import { embeddedStorage } from '../support/object-stores';
import { makeTestFolder } from '../support/test-folder';

const PAGE = '<meta property="csp-nonce" nonce="slipway-csp-nonce"><link nonce="slipway-csp-nonce">';
const POLICY = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob: http://storage.example.com",
  "media-src 'self' blob: http://storage.example.com",
  "connect-src 'self' http://storage.example.com",
  "object-src 'none'",
  "frame-src 'none'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'self'",
];

describeHttp(
  'the headers',
  (stage) => {
    let folder: Awaited<ReturnType<typeof makeTestFolder>>;
    let http: HttpWorld;

    beforeAll(async () => {
      folder = await makeTestFolder('dashboard');
      await writeFile(join(folder.path, 'index.html'), PAGE);
      http = await createHttpWorld(stage.world, {
        dashboard: folder.path,
        publicUrl: 'https://files.example.com',
      });
    });

    afterAll(async () => {
      await http?.close();
      await folder.remove();
    });

    const policyOf = ({ headers }: Answer): string[] => String(headers['content-security-policy']).split(';');

    test.each([
      ['a page', 'GET', '/', 200],
      ['an answer', 'GET', '/api/health/live', 200],
      ['a refusal', 'GET', '/api/projects', 401],
      ['nothing', 'GET', '/api/nothing-here', 404],
      ['a body that is no JSON', 'POST', '/api/projects', 400],
    ] as const)('of %s let a browser do nothing that is not needed', async (...call) => {
      const [, method, path, status] = call;
      const headers = { 'content-type': 'application/json' };
      const answer = await http.call(method, path, { ...(method === 'POST' && { body: '{', headers }) });
      expect(answer.status).toBe(status);
      expect(answer.headers).toMatchObject({
        'strict-transport-security': 'max-age=31536000',
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-site',
        'permissions-policy': expect.stringContaining('camera=(), microphone=(), geolocation=()') as string,
      });
      expect(answer.headers).not.toHaveProperty('x-powered-by');
      expect(answer.headers).not.toHaveProperty('server');
    });

    test('are there when the database is not', async () => {
      const deps = { ...stage.world.deps, db: new DataSource({ type: 'postgres' }) };
      const without = await createHttpWorld({ ...stage.world, deps });
      const origin = 'https://app.example.com';
      const answer = await without.call('GET', '/api/projects', { token: stage.token, headers: { origin } });
      await without.close();
      expect(answer.status).toBeGreaterThanOrEqual(500);
      expect(answer.headers).toMatchObject({
        'x-frame-options': 'DENY',
        'access-control-allow-origin': origin,
      });
    });

    test('promise https only where it is', async () => {
      const answer = await stage.http.call('GET', '/api/health/live');
      expect(answer.headers).not.toHaveProperty('strict-transport-security');
    });

    test('let an answer load nothing but what the dashboard needs, and no style of its own', async () => {
      expect(policyOf(await http.call('GET', '/api/health/live'))).toEqual(POLICY);
    });

    test('let the page have its own styles, by a nonce of each answer', async () => {
      const [first, second] = [await http.call('GET', '/'), await http.call('GET', '/index.html')];
      const nonces = [first, second].map(({ text }) =>
        [...text.matchAll(/nonce="([^"]+)"/g)].map(([, found]) => found),
      );
      const [one, two] = [nonces[0]?.[0], nonces[1]?.[0]];
      expect(nonces).toEqual([
        [one, one],
        [two, two],
      ]);
      expect(one).toMatch(/^[\w+/]{22}==$/);
      expect(two).not.toBe(one);
      const withNonce = POLICY.map((rule) =>
        rule.startsWith('style-src') ? `style-src 'self' 'nonce-${one}'` : rule,
      );
      expect(policyOf(first)).toEqual(withNonce);
      // An old page with a new policy would lose its styles.
      expect(first.headers).toMatchObject({
        'cache-control': 'no-store',
        'content-type': 'text/html; charset=utf-8',
      });
      expect(first.headers).not.toHaveProperty('etag');
    });

    const fromOrigin = (origin: string) => http.call('GET', '/api/health/live', { headers: { origin } });

    test('let a listed origin read answers, with the cookie that is its', async () => {
      expect((await fromOrigin('https://app.example.com')).headers).toMatchObject({
        'access-control-allow-origin': 'https://app.example.com',
        'access-control-allow-credentials': 'true',
        'access-control-expose-headers': expect.stringContaining('ratelimit-remaining') as string,
        vary: expect.stringContaining('Origin') as string,
      });
    });

    test.each([
      'https://evil.example',
      'http://app.example.com',
      'https://app.example.com.evil.example',
      'https://app.example.com:8443',
      'https://sub.app.example.com',
      'null',
      '*',
    ])('let %s read nothing', async (origin) => {
      expect((await fromOrigin(origin)).headers).not.toHaveProperty('access-control-allow-origin');
    });
  },
  [embeddedStorage],
);
