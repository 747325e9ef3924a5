import { newKeyText } from '@slipway/core/api-keys/key-text';
import { PassThrough } from 'node:stream';
import { describeHttp } from '../support/describe-http';
import { createHttpWorld, type HttpWorld } from '../support/http-world';
import { storageForTests } from '../support/storage-for-tests';

const PATH = '/api/auth/api-keys';

describeHttp(
  'API keys',
  (stage) => {
    const create = (body: object = {}) =>
      stage.http.call('POST', PATH, {
        token: stage.token,
        body: { name: ' Nightly ', scopes: ['projects:read'], ...body },
      });
    const newKey = async (body: object = {}): Promise<string> => String((await create(body)).body['key']);
    const projects = (headers: Record<string, string>, http: HttpWorld = stage.http) =>
      http.call('GET', '/api/projects', { headers });

    test('are shown once, and listed without themselves', async () => {
      const made = await create({ project_id: stage.projectId, expires_at: '2199-01-01T00:00:00Z' });
      expect(made.status).toBe(201);
      const { key, ...rest } = made.body;
      expect(key).toMatch(/^slw_[0-9A-Za-z]{38}$/);
      expect(rest).toEqual({
        id: expect.stringMatching(/^KEY-/),
        name: 'Nightly',
        prefix: String(key).slice(0, 8),
        scopes: ['projects:read'],
        project_id: stage.projectId,
        expires_at: '2199-01-01T00:00:00.000Z',
        last_used_at: null,
        created_at: expect.any(String),
      });
      const list = await stage.http.call('GET', PATH, { token: stage.token });
      expect(list.body['data']).toEqual([rest]);
    });

    test('open the API as a header of their own and as a bearer, and tell that they were used', async () => {
      const key = await newKey();
      expect((await projects({ 'x-api-key': key })).status).toBe(200);
      expect((await projects({ authorization: `Bearer ${key}` })).status).toBe(200);
      const list = await stage.http.call('GET', PATH, { token: stage.token });
      expect(list.body['data']).toMatchObject([{ last_used_at: expect.any(String) }]);
    });

    test('do what their scopes say, and nothing with the keys of their account', async () => {
      const key = await newKey();
      const headers = { 'x-api-key': key };
      const make = await stage.http.call('POST', '/api/projects', { headers, body: { name: 'Pier' } });
      expect([make.status, make.body['code']]).toEqual([403, 'forbidden']);
      const more = await stage.http.call('POST', PATH, { headers, body: { name: 'x', scopes: ['admin'] } });
      expect([more.status, more.body['code']]).toEqual([403, 'forbidden']);
      expect((await stage.http.call('GET', PATH, { headers })).status).toBe(403);
    });

    test('end at once when they are revoked', async () => {
      const made = await create();
      const revoke = () =>
        stage.http.call('DELETE', `${PATH}/${String(made.body['id'])}`, { token: stage.token });
      expect((await revoke()).status).toBe(204);
      const answer = await projects({ 'x-api-key': String(made.body['key']) });
      expect([answer.status, answer.body['code']]).toEqual([401, 'unauthenticated']);
      expect((await revoke()).status).toBe(404);
    });

    test.each([newKeyText(), 'slw_', 'nonsense', ''])(
      'that are no good (%j) are refused, whatever else the call shows',
      async (key) => {
        const authorization = `Bearer ${stage.token}`;
        const own = await projects({ 'x-api-key': key, authorization });
        expect([own.status, own.body['code']]).toEqual([401, 'unauthenticated']);
        // Also where anybody may call.
        const open = await stage.http.call('GET', '/api/health/live', { headers: { 'x-api-key': key } });
        expect(open.status).toBe(401);
      },
    );

    test('that are no good count against their address', async () => {
      const limited = await createHttpWorld(stage.world, { rateLimitPerMinute: 2 });
      const guess = () => projects({ 'x-api-key': newKeyText() }, limited);
      expect([(await guess()).status, (await guess()).status, (await guess()).status]).toEqual([
        401, 401, 429,
      ]);
      await limited.close();
    });

    test('name every fault of a form', async () => {
      const answer = await create({
        name: ' ',
        scopes: ['assets:read', 'assets:burn'],
        project_id: 1,
        expires_at: 'tomorrow',
        user_id: 'USR-1',
      });
      const fields = (answer.body['errors'] as { field: string }[]).map(({ field }) => field);
      expect(new Set(fields)).toEqual(new Set(['name', 'scopes', 'project_id', 'expires_at', 'user_id']));
    });

    test('are nowhere in the log', async () => {
      const log = new PassThrough();
      const told: Buffer[] = [];
      log.on('data', (line: Buffer) => told.push(line));
      const http = await createHttpWorld(stage.world, { log });
      const key = await newKey();
      await projects({ 'x-api-key': key }, http);
      await projects({ authorization: `Bearer ${key}` }, http);
      await http.close();
      expect(Buffer.concat(told).toString()).not.toContain(key.slice(8));
      expect(told.length).toBeGreaterThan(0);
    });
  },
  storageForTests().slice(0, 1),
);
