import { accountOf, type Principal } from '@slipway/core/shared/principal';
import { newAdmin } from '../support/admin-steps';
import { describeHttp } from '../support/describe-http';
import type { Answer } from '../support/http-world';
import { emailOf } from '../support/member-steps';
import { embeddedStorage } from '../support/object-stores';
import { seedAsset } from '../support/seed-asset';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

describeHttp(
  'administration over HTTP',
  (stage) => {
    let admin: Principal;
    let adminToken: string;

    beforeEach(async () => {
      admin = await newAdmin(stage.world);
      adminToken = await stage.http.signInAs(admin);
    });

    const fieldsOf = ({ body }: Answer) => [
      ...new Set((body['errors'] as { field: string }[]).map((fault) => fault.field)),
    ];
    const callAs = (token: string) => (method: Method, path: string, body?: object) =>
      stage.http.call(method, `/api${path}`, { token, ...(body && { body }) });
    const call: ReturnType<typeof callAs> = (...asked) => callAs(adminToken)(...asked);

    test.each<[Method, string, object | undefined]>([
      ['GET', '/admin/users', undefined],
      ['GET', '/admin/users/USR-1', undefined],
      ['PATCH', '/admin/users/USR-1', {}],
      ['GET', '/admin/tiers', undefined],
      ['PUT', '/admin/tiers/skiff', { max_bytes: 1, max_file_size: 1 }],
      ['DELETE', '/admin/tiers/skiff', undefined],
      ['GET', '/admin/moderation', undefined],
      ['POST', '/admin/moderation/AST-1', { decision: 'publish' }],
    ])('%s %s is for administrators', async (method, path, body) => {
      const { status, body: problem } = await callAs(stage.token)(method, path, body);
      expect([status, problem['code']]).toEqual([403, 'forbidden']);
    });

    test('users are searched, shown and changed', async () => {
      const found = await call('GET', `/admin/users?search=${encodeURIComponent(emailOf(stage.user))}`);
      const user = {
        id: accountOf(stage.user),
        email: emailOf(stage.user),
        name: 'Test',
        role: 'user',
        tier: 'free',
        max_bytes: null,
        email_verified: false,
        suspended_at: null,
        created_at: expect.any(String),
        used_bytes: 0,
        reserved_bytes: 0,
        used_files: 0,
        reserved_files: 0,
      };
      expect(found.body).toEqual({ data: [user], next_cursor: null });
      const path = `/admin/users/${accountOf(stage.user)}`;
      expect((await call('GET', path)).body).toEqual(user);
      const changed = await call('PATCH', path, { max_bytes: 10, suspended: true });
      expect(changed.body).toEqual({ ...user, max_bytes: 10, suspended_at: expect.any(String) });
      expect((await call('PATCH', path, { max_bytes: null, suspended: false })).body).toEqual(user);
      expect((await call('GET', '/admin/users/USR-NOBODY')).status).toBe(404);
      const self = await call('PATCH', `/admin/users/${accountOf(admin)}`, { role: 'user' });
      expect([self.status, self.body['code']]).toEqual([403, 'forbidden']);
    });

    test('whoever is suspended is out at the next call, and stays out with the old token', async () => {
      const token = await stage.http.signInAs(stage.user);
      const me = () => callAs(token)('GET', '/projects');
      expect((await me()).status).toBe(200);
      const path = `/admin/users/${accountOf(stage.user)}`;
      await call('PATCH', path, { suspended: true });
      expect((await me()).status).toBe(401);
      await call('PATCH', path, { suspended: false });
      expect((await me()).status).toBe(401);
    });

    test.each([
      [{ tier: 'gold' }, 'tier'],
      [{ tier: null }, 'tier'],
      [{ suspended: 'yes' }, 'suspended'],
      [{ suspended: null }, 'suspended'],
      [{ role: 'owner' }, 'role'],
      [{ max_bytes: -1 }, 'max_bytes'],
      [{ max_bytes: 1.5 }, 'max_bytes'],
      [{ max_bytes: 2 ** 53 }, 'max_bytes'],
      [{ email: 'a@example.com' }, 'email'],
    ])('a change to %j is refused by name', async (body, field) => {
      const answer = await call('PATCH', `/admin/users/${accountOf(stage.user)}`, body);
      expect(answer.status).toBe(400);
      expect(fieldsOf(answer)).toEqual([field]);
    });

    test.each(['search=', 'search=%00', `search=${'a'.repeat(255)}`, 'search=a&cursor=x', 'limit=101'])(
      'a list by %s is refused',
      async (query) => {
        expect((await call('GET', `/admin/users?${query}`)).body['code']).toBe('invalid_request');
      },
    );

    test('tiers are made, listed and deleted', async () => {
      const limits = { max_bytes: 1000, max_file_size: 500 };
      const made = await call('PUT', '/admin/tiers/skiff', { ...limits, max_access_url_seconds: 600 });
      const tier = {
        name: 'skiff',
        ...limits,
        max_files: null,
        max_project_bytes: null,
        max_project_files: null,
        requests_per_minute: null,
        max_access_url_seconds: 600,
        users: 0,
      };
      expect([made.status, made.body]).toEqual([200, tier]);
      const list = await call('GET', '/admin/tiers');
      expect(list.body['data']).toEqual([expect.objectContaining({ name: 'free' }), tier]);
      expect((await call('DELETE', '/admin/tiers/skiff')).status).toBe(204);
      expect((await call('DELETE', '/admin/tiers/skiff')).status).toBe(404);
      const free = await call('DELETE', '/admin/tiers/free');
      expect([free.status, free.body['code']]).toEqual([409, 'tier_in_use']);
    });

    test.each([
      ['skiff', { max_bytes: 1 }, 'max_file_size'],
      ['skiff', { max_bytes: 1, max_file_size: 0 }, 'max_file_size'],
      ['skiff', { max_bytes: -1, max_file_size: 1 }, 'max_bytes'],
      ['skiff', { max_bytes: 1, max_file_size: 1, requests_per_minute: 0 }, 'requests_per_minute'],
      [
        'skiff',
        { max_bytes: 1, max_file_size: 1, max_access_url_seconds: 604_801 },
        'max_access_url_seconds',
      ],
      ['skiff', { max_bytes: 1, max_file_size: 1, name: 'x' }, 'name'],
      ['Skiff', { max_bytes: 1, max_file_size: 1 }, 'name'],
      ['s'.repeat(41), { max_bytes: 1, max_file_size: 1 }, 'name'],
    ])('a tier %s of %j is refused by name', async (name, body, field) => {
      const answer = await call('PUT', `/admin/tiers/${name}`, body);
      expect(answer.status).toBe(400);
      expect(fieldsOf(answer)).toEqual([field]);
    });

    describe('an asset that waits', () => {
      let assetId: string;

      beforeEach(async () => {
        const asset = await seedAsset(
          { projectId: stage.project.id, createdBy: accountOf(stage.user) },
          stage.world.deps,
        );
        assetId = asset.id;
        await stage.world.deps.db.query(`update assets set status = 'In Review' where id = $1`, [assetId]);
      });

      test('is in the queue with its project’s name and a URL, and leaves it by a decision', async () => {
        const { body } = await call('GET', '/admin/moderation');
        expect(body['data']).toContainEqual(
          expect.objectContaining({
            id: assetId,
            status: 'In Review',
            project_name: 'Test',
            access_url: expect.stringMatching(/^http/),
            withheld: null,
          }),
        );
        const decide = (decision: object) => call('POST', `/admin/moderation/${assetId}`, decision);
        expect((await decide({ decision: 'reject' })).body['errors']).toContainEqual(
          expect.objectContaining({ field: 'reason' }),
        );
        expect((await decide({ decision: 'reject', reason: 'Two\nlines' })).status).toBe(204);
        expect((await decide({ decision: 'publish' })).status).toBe(404);
      });

      test('is decided about by its project’s owner, who sees the answer', async () => {
        const token = await stage.http.signInAs(stage.user);
        const review = (body: object, by = token) => callAs(by)('POST', `/assets/${assetId}/review`, body);
        const rejected = await review({ decision: 'reject', reason: ' Blurred ' });
        expect(rejected.status).toBe(200);
        expect(rejected.body).toMatchObject({ id: assetId, status: 'Rejected', review_reason: 'Blurred' });
        expect((await review({ decision: 'publish' })).body).toMatchObject({
          status: 'Published',
          review_reason: null,
        });
        expect((await review({ decision: 'publish' }, adminToken)).status).toBe(404);
        for (const reason of ['', ' ', 'x'.repeat(501), 'a\u0000b', '\u202ex', 7, null]) {
          expect((await review({ decision: 'reject', reason })).status).toBe(400);
        }
      });
    });
  },
  [embeddedStorage],
);
