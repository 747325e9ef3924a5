import { describeHttp } from '../support/describe-http';
import { storeByHttp } from '../support/http-steps';
import { storageForTests } from '../support/storage-for-tests';

describeHttp(
  'shares over HTTP',
  (stage) => {
    let path: string;
    let assetId: string;
    type Call = { body?: object; token?: string };
    const call = (method: 'GET' | 'POST' | 'DELETE', to: string, { body, token = stage.token }: Call = {}) =>
      stage.http.call(method, to, { token, body });
    const share = (body: object) => call('POST', path, { body });

    beforeEach(async () => {
      assetId = String((await storeByHttp(stage))['id']);
      path = `/api/assets/${assetId}/shares`;
    });

    test('to a person are answered alike, whether there is such an account', async () => {
      const guest = await stage.world.newUser();
      const known = await share({ kind: 'user', email: ` ${guest.account?.email} ` });
      const unknown = await share({ kind: 'user', email: 'Nobody@Example.com' });
      expect([known.status, unknown.status]).toEqual([201, 201]);
      const alike = { id: expect.any(String), email: expect.any(String), created_at: expect.any(String) };
      expect(known.body).toEqual({ ...unknown.body, ...alike });
      expect(unknown.body).toEqual({
        ...alike,
        kind: 'user',
        email: 'nobody@example.com',
        expires_at: null,
        has_password: false,
        max_downloads: null,
        downloads: 0,
        revoked_at: null,
        created_by: expect.stringMatching(/^USR-/),
        token: null,
        url: null,
      });
    });

    test('by link show their token once', async () => {
      const made = await share({ kind: 'link', password: 'open sesame', max_downloads: 3 });
      const { token, url, ...rest } = made.body;
      expect(made.status).toBe(201);
      expect(token).toMatch(/^[0-9A-Za-z]{33}$/);
      expect(url).toBe(`http://localhost:3000/s/${String(token)}`);
      expect(rest).toMatchObject({ kind: 'link', has_password: true, max_downloads: 3, email: null });
      const list = await call('GET', path);
      expect(list.body).toEqual({ data: [rest], next_cursor: null });
      expect(list.text).not.toMatch(/argon2|hash|token/);
    });

    test('are revoked once', async () => {
      const { body } = await share({ kind: 'link' });
      const one = `${path}/${String(body['id'])}`;
      expect([(await call('DELETE', one)).status, (await call('DELETE', one)).status]).toEqual([204, 404]);
      const list = await call('GET', path);
      expect(list.body['data']).toEqual([expect.objectContaining({ revoked_at: expect.any(String) })]);
      expect((await stage.http.call('GET', `/api/s/${String(body['token'])}`)).status).toBe(404);
    });

    test('to a person show up with them, and open the asset', async () => {
      const guest = await stage.world.newUser();
      const token = await stage.http.signInAs(guest);
      const shared = () => call('GET', '/api/me/shared', { token });
      expect((await shared()).body).toEqual({ data: [], next_cursor: null });
      await share({ kind: 'user', email: guest.account?.email, expires_at: '2099-01-01T00:00:00Z' });
      expect((await shared()).body['data']).toEqual([
        expect.objectContaining({
          id: assetId,
          access_url: expect.any(String),
          shared_at: expect.any(String),
          shared_until: '2099-01-01T00:00:00.000Z',
        }),
      ]);
      const opened = await call('POST', `/api/assets/${assetId}/access-url`, { body: {}, token });
      expect(opened.status).toBe(200);
      expect((await call('GET', path, { token })).status).toBe(404);
    });

    test.each([
      ['kind', {}],
      ['kind', { kind: 'everybody' }],
      ['email', { kind: 'user' }],
      ['email', { kind: 'user', email: 'x' }],
      ['email', { kind: 'user', email: `${'x'.repeat(250)}@example.com` }],
      ['email', { kind: 'link', email: 'a@example.com' }],
      ['password', { kind: 'user', email: 'a@example.com', password: 'open sesame' }],
      ['max_downloads', { kind: 'user', email: 'a@example.com', max_downloads: 1 }],
      ['password', { kind: 'link', password: '12345' }],
      ['password', { kind: 'link', password: 'x'.repeat(257) }],
      ['max_downloads', { kind: 'link', max_downloads: 0 }],
      ['max_downloads', { kind: 'link', max_downloads: 1.5 }],
      ['max_downloads', { kind: 'link', max_downloads: 1_000_001 }],
      ['expires_at', { kind: 'link', expires_at: 'tomorrow' }],
      ['expires_at', { kind: 'link', expires_at: '2020-01-01T00:00:00Z' }],
      ['token', { kind: 'link', token: 'mine' }],
      ['downloads', { kind: 'link', downloads: -5 }],
    ])('a fault of %s is named (%j)', async (field, body) => {
      const { status, body: answer } = await share(body);
      expect([status, answer['errors']]).toEqual([
        400,
        expect.arrayContaining([expect.objectContaining({ field })]),
      ]);
    });
  },
  storageForTests().slice(0, 1),
);
