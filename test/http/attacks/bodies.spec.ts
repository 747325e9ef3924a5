import { describeHttp } from '../../support/describe-http';
import { storageForTests } from '../../support/storage-for-tests';
import { expectRefusal } from './refusal';

const deep = (depth: number): string => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
const json = { 'content-type': 'application/json' };

/** Fields that a caller has no business to set, by the body they are smuggled into. */
const SMUGGLED: [path: string, good: object, extra: object][] = [
  ['/api/auth/signup', { email: 'm@example.com', password: 'correct horse', name: 'M' }, { role: 'admin' }],
  ['/api/auth/signup', { email: 'm@example.com', password: 'correct horse', name: 'M' }, { tier: 'pro' }],
  ['/api/auth/signup', { email: 'm@example.com', password: 'correct horse', name: 'M' }, { id: 'USR-1' }],
  [
    '/api/auth/signup',
    { email: 'm@example.com', password: 'correct horse', name: 'M' },
    { email_verified: true },
  ],
  ['/api/projects', { name: 'P' }, { owner_id: 'USR-1' }],
  ['/api/projects', { name: 'P' }, { id: 'PRJ-1' }],
  ['/api/projects', { name: 'P' }, { role: 'owner' }],
  ['/api/projects', { name: 'P' }, { archived_at: null }],
  ['/api/projects', { name: 'P' }, { constructor: { prototype: { isAdmin: true } } }],
];

const BROKEN: [what: string, payload: string, headers: Record<string, string>, status: number][] = [
  ['half an object', '{"name":', json, 400],
  ['two objects', '{"name":"a"}{"name":"b"}', json, 400],
  ['a list', '[]', json, 400],
  ['a string', '"name"', json, 400],
  ['null', 'null', json, 400],
  ['a number', '1e400', json, 400],
  ['a thousand levels', deep(1_000), json, 400],
  ['thirty thousand levels', deep(30_000), json, 400],
  ['300 KB', JSON.stringify({ name: 'x'.repeat(300_000) }), json, 413],
  ['__proto__', '{"name":"a","__proto__":{"role":"admin"}}', json, 400],
  ['constructor.prototype', '{"name":"a","constructor":{"prototype":{"x":1}}}', json, 400],
  [
    'XML',
    '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
    { 'content-type': 'application/xml' },
    415,
  ],
  ['a form', 'name=a', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
  ['text that says it is plain', '{"name":"a"}', { 'content-type': 'text/plain' }, 415],
  ['a name that is an object', '{"name":{"$gt":""}}', json, 400],
  ['a name that is a list', '{"name":["a"]}', json, 400],
  ['a name of U+0000', '{"name":"a\\u0000b"}', json, 400],
];

describeHttp(
  'a hostile body',
  (stage) => {
    test.each(SMUGGLED)('%s %j with %j is refused', async (path, good, extra) => {
      const before = await counts();
      const answer = await stage.http.call('POST', path, { token: stage.token, body: { ...good, ...extra } });
      expectRefusal(answer, 400, 'invalid_request');
      expect(await counts()).toEqual(before);
    });

    test.each(BROKEN)('%s is refused', async (...[, body, headers, status]) => {
      const before = await counts();
      const answer = await stage.http.call('POST', '/api/projects', { token: stage.token, body, headers });
      expectRefusal(answer, status, 'invalid_request');
      expect(await counts()).toEqual(before);
      expect(({} as Record<string, unknown>)['role']).toBeUndefined();
    });

    test('of a patch cannot give the project to somebody', async () => {
      const answer = await stage.http.call('PATCH', `/api/projects/${stage.projectId}`, {
        token: stage.token,
        body: { owner_id: 'USR-00000000000000000000000000' },
      });
      expectRefusal(answer, 400, 'invalid_request');
    });

    test('of an upload cannot choose its key', async () => {
      const answer = await stage.http.call('POST', '/api/assets/upload-url', {
        token: stage.token,
        body: {
          project_id: stage.projectId,
          file_name: 'a.png',
          file_size: 1,
          content_type: 'image/png',
          file_key: 'projects/PRJ-1/assets/AST-1/a.png',
        },
      });
      expectRefusal(answer, 400, 'invalid_request');
    });

    test.each([0, -1, 1.5, '10', null, 2 ** 53, 1e308, Number.NaN])(
      'cannot announce %p bytes',
      async (file_size) => {
        const answer = await stage.http.call('POST', '/api/assets/upload-url', {
          token: stage.token,
          body: { project_id: stage.projectId, file_name: 'a.png', file_size, content_type: 'image/png' },
        });
        expect([400, 413]).toContain(answer.status);
        expectRefusal(answer, answer.status, answer.status === 413 ? 'file_too_large' : 'invalid_request');
      },
    );

    async function counts(): Promise<unknown> {
      return stage.world.deps.db.query(
        'select (select count(*) from users) as users, (select count(*) from projects) as projects',
      );
    }
  },
  storageForTests().slice(0, 1),
);
