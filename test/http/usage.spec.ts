import { describeHttp } from '../support/describe-http';
import { embeddedStorage } from '../support/object-stores';

describeHttp(
  'the usage of a project',
  (stage) => {
    const call = (projectId: string, token = stage.token) =>
      stage.http.call('GET', `/api/projects/${projectId}/usage`, { token });
    const begin = (projectId: string) =>
      stage.http.call('POST', '/api/assets/upload-url', {
        token: stage.token,
        body: { project_id: projectId, file_name: 'a.txt', file_size: 1000, content_type: 'text/plain' },
      });

    test('is told beside that of its owner in all projects, with the limits of the tier', async () => {
      const other = await stage.http.call('POST', '/api/projects', {
        token: stage.token,
        body: { name: 'Pier' },
      });
      await begin(stage.projectId);
      await begin(String(other.body['id']));
      const { status, body } = await call(stage.projectId);
      expect(status).toBe(200);
      expect(body).toEqual({
        storage: { used: 0, reserved: 1000, limit: null },
        files: { used: 0, reserved: 1, limit: null },
        account: {
          storage: { used: 0, reserved: 2000, limit: 5_368_709_120 },
          files: { used: 0, reserved: 2, limit: null },
        },
      });
    });

    test('of another’s project is not found', async () => {
      const { status, body } = await call(stage.projectId, await stage.http.signUp());
      expect([status, body['code']]).toEqual([404, 'not_found']);
    });

    test('that is too much is refused with the limit that was met', async () => {
      const { db } = stage.world.deps;
      await db.query(
        `insert into tiers (name, max_bytes, max_file_size, max_project_files) values ('skiff', 10000, 1000, 1)`,
      );
      await db.query(
        `update users set tier = 'skiff' where id = (select owner_id from projects where id = $1)`,
        [stage.projectId],
      );
      await begin(stage.projectId);
      const { status, body } = await begin(stage.projectId);
      expect(status).toBe(413);
      expect(body).toMatchObject({
        code: 'quota_exceeded',
        scope: 'project',
        kind: 'files',
        used: 0,
        reserved: 1,
        limit: 1,
        requested: 1,
      });
    });
  },
  [embeddedStorage],
);
