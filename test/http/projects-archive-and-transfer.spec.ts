import { accountOf } from '@slipway/core/shared/principal';
import { describeHttp } from '../support/describe-http';
import { embeddedStorage } from '../support/object-stores';

describeHttp(
  'archive and transfer over HTTP',
  (stage) => {
    const post = (path: string, body?: object, token = stage.token) =>
      stage.http.call('POST', `/api/projects/${stage.projectId}/${path}`, { token, ...(body && { body }) });

    test('an archived project says so, takes no uploads and no changes, and is read', async () => {
      const archived = await post('archive');
      expect([archived.status, archived.body['role']]).toEqual([200, 'owner']);
      expect(archived.body['archived_at']).toEqual(expect.any(String));
      const upload = await stage.http.call('POST', '/api/assets/upload-url', {
        token: stage.token,
        body: { project_id: stage.projectId, file_name: 'a.txt', file_size: 1, content_type: 'text/plain' },
      });
      expect([upload.status, upload.body['code']]).toEqual([409, 'project_archived']);
      const assets = await stage.http.call('GET', `/api/assets?project_id=${stage.projectId}`, {
        token: stage.token,
      });
      expect(assets.status).toBe(200);
      const back = await post('unarchive');
      expect([back.status, back.body['archived_at']]).toEqual([200, null]);
    });

    test('a transfer names the new payer, or the limit that is in the way', async () => {
      const next = await stage.world.newUser();
      const transfer = () => post('transfer', { user_id: accountOf(next) });
      expect((await transfer()).status).toBe(404);
      await stage.http.call('POST', `/api/projects/${stage.projectId}/members`, {
        token: stage.token,
        body: { user_id: accountOf(next), role: 'viewer' },
      });
      await stage.http.call('POST', '/api/assets/upload-url', {
        token: stage.token,
        body: { project_id: stage.projectId, file_name: 'a.txt', file_size: 10, content_type: 'text/plain' },
      });
      const limit = (bytes: number | null) =>
        stage.world.deps.db.query('update users set max_bytes = $2 where id = $1', [accountOf(next), bytes]);
      await limit(9);
      const refused = await transfer();
      expect(refused.status).toBe(413);
      expect(refused.body).toMatchObject({ code: 'quota_exceeded', scope: 'user', limit: 9, requested: 10 });
      await limit(null);
      const { status, body } = await transfer();
      expect([status, body['owner_id'], body['role']]).toEqual([200, accountOf(next), 'owner']);
    });

    test.each([{}, { user_id: 7 }, { user_id: 'x'.repeat(41) }, { user_id: 'USR-1', role: 'owner' }])(
      'a transfer to %j is no request',
      async (body) => {
        expect((await post('transfer', body)).body['code']).toBe('invalid_request');
      },
    );

    test.each(['a\u0000b', 'a\nb', '\u202egpj.exe', ' '])('no project is called %j', async (name) => {
      const { status } = await stage.http.call('POST', '/api/projects', {
        token: stage.token,
        body: { name },
      });
      expect(status).toBe(400);
    });
  },
  [embeddedStorage],
);
