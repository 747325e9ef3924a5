import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { describeHttp } from '../../support/describe-http';
import { createHttpWorld } from '../../support/http-world';
import { storageForTests } from '../../support/storage-for-tests';
import { expectRefusal } from './refusal';

const SQL = [
  `' or '1'='1`,
  `'; drop table assets; --`,
  `1 union select password_hash from users`,
  `\\'; select pg_sleep(5); --`,
  `%27%20or%201=1`,
  `$1`,
  `{"$ne":null}`,
];

const PATHS = [
  '..%2f..%2fetc%2fpasswd',
  '%2e%2e/%2e%2e/secrets.json',
  '%00',
  '%c0%ae%c0%ae',
  '%ff',
  'AST-%0d%0ax-evil:1',
];

describeHttp(
  'an injection',
  (stage) => {
    const get = (path: string) => stage.http.call('GET', path, { token: stage.token });

    test.each(SQL)('of SQL as an asset, %s, finds nothing', async (sql) => {
      expectRefusal(await get(`/api/assets/${encodeURIComponent(sql)}`), 404, 'not_found');
    });

    test.each(SQL)('of SQL as a project, %s, finds nothing', async (sql) => {
      const answer = await get(`/api/assets?project_id=${encodeURIComponent(sql)}`);
      expectRefusal(answer, 404, 'not_found');
    });

    test.each(SQL)('of SQL as a cursor, %s, is refused', async (sql) => {
      const answer = await get(`/api/projects?cursor=${encodeURIComponent(sql)}`);
      expectRefusal(answer, 400, 'invalid_request');
    });

    test.each(SQL)('of SQL as a cursor of ours, %s, is refused', async (sql) => {
      const cursor = Buffer.from(`2026-01-01T00:00:00.000Z ${sql}`).toString('base64url');
      expectRefusal(await get(`/api/projects?cursor=${cursor}`), 400, 'invalid_request');
    });

    test.each(SQL)('of SQL as an address, %s, signs nobody in', async (sql) => {
      const body = { email: sql, password: 'correct horse' };
      expectRefusal(await stage.http.call('POST', '/api/auth/login', { body }), 400, 'invalid_request');
    });

    test.each(SQL)('of SQL as a password, %s, signs nobody in', async (sql) => {
      // Each time another person's: a few tries at one lock that one out.
      const body = { email: `somebody${SQL.indexOf(sql)}@example.com`, password: sql.padEnd(8) };
      expectRefusal(await stage.http.call('POST', '/api/auth/login', { body }), 401, 'invalid_credentials');
    });

    test.each(PATHS)('of a path, %s, leads nowhere', async (path) => {
      const answer = await get(`/api/assets/${path}`);
      expect([400, 404]).toContain(answer.status);
      expectRefusal(answer, answer.status, answer.status === 400 ? 'invalid_request' : 'not_found');
    });

    test.each(PATHS)('of a path to the dashboard’s files, %s, leads nowhere', async (path) => {
      const answer = await get(`/${path}`);
      expect([400, 404]).toContain(answer.status);
    });

    test.each(['limit=0', 'limit=-1', 'limit=1e9', 'limit[]=1', 'limit=1&limit=2', 'limit=NaN', 'unknown=1'])(
      'of a query, %s, is refused',
      async (query) => {
        expectRefusal(await get(`/api/projects?${query}`), 400, 'invalid_request');
      },
    );

    test('of lines into the log stays one line of JSON', async () => {
      const log = new PassThrough();
      const http = await createHttpWorld(stage.world, { log });
      const evil = 'x"}\n{"level":60,"msg":"forged"}';
      await http.call('GET', `/api/assets/${encodeURIComponent(evil)}`, {
        token: stage.token,
        headers: { 'user-agent': 'a\tb', 'x-request-id': 'short' },
      });
      await http.close();
      log.end();
      const lines = (await text(log)).split('\n').filter((line) => line !== '');
      expect(lines.length).toBeGreaterThan(0);
      for (const line of lines) expect(JSON.parse(line)).not.toMatchObject({ msg: 'forged' });
    });

    test('of a request id that is no id is not sent back', async () => {
      const id = '<script>alert(1)</script>';
      const answer = await stage.http.call('GET', '/api/nothing', { headers: { 'x-request-id': id } });
      expect(answer.text).not.toContain('script');
    });

    test.each([
      'https://evil.example',
      'https://app.example.com.evil.example',
      'null',
      'https://app.example.com@evil.example',
    ])('of an origin, %s, is not allowed to read', async (origin) => {
      const { headers } = await stage.http.call('GET', '/api/projects', {
        token: stage.token,
        headers: { origin },
      });
      expect(headers['access-control-allow-origin']).toBeUndefined();
    });

    test.each(['//evil.example', '/\\evil.example', '/%2f%2fevil.example', '/.%2e/evil.example'])(
      'of a redirect, %s, redirects nobody',
      async (path) => {
        const { status, headers } = await stage.http.call('GET', path);
        expect(status).toBeGreaterThanOrEqual(400);
        expect(headers['location']).toBeUndefined();
      },
    );

    test.each(['x-forwarded-for', 'forwarded', 'x-real-ip'])(
      'of an address by %s is not believed',
      async (header) => {
        await stage.http.call('POST', '/api/projects', {
          token: stage.token,
          body: { name: 'From elsewhere' },
          headers: { [header]: header === 'forwarded' ? 'for=203.0.113.9' : '203.0.113.9' },
        });
        const events = await stage.world.deps.db.query<object[]>('select * from audit_events');
        expect(JSON.stringify(events)).not.toContain('203.0.113.9');
      },
    );
  },
  storageForTests().slice(0, 1),
);
