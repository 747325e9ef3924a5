import { describeHttp } from '../support/describe-http';
import { createHttpWorld } from '../support/http-world';
import { storeByHttp } from '../support/http-steps';
import { storageForTests } from '../support/storage-for-tests';

describeHttp(
  'a share link over HTTP',
  (stage) => {
    let asset: Record<string, unknown>;
    const share = async (body: object = {}): Promise<string> => {
      const path = `/api/assets/${String(asset['id'])}/shares`;
      const made = await stage.http.call('POST', path, {
        token: stage.token,
        body: { kind: 'link', ...body },
      });
      return String(made.body['token']);
    };
    const get = (token: string) => stage.http.call('GET', `/api/s/${token}`);
    const open = (token: string, body: object) => stage.http.call('POST', `/api/s/${token}/open`, { body });
    const download = (token: string, body: object = {}) =>
      stage.http.call('POST', `/api/s/${token}/download`, { body });

    beforeEach(async () => {
      asset = await storeByHttp(stage);
    });

    test('tells of its file, and nothing else', async () => {
      const { status, body, headers } = await get(await share({ expires_at: '2099-01-01T00:00:00Z' }));
      expect([status, body]).toEqual([
        200,
        {
          name: 'noise.png',
          content_type: 'image/png',
          file_size: asset['file_size'],
          password_required: false,
          downloads_left: null,
          expires_at: '2099-01-01T00:00:00.000Z',
          thumbnail_url: null,
          preview_url: expect.any(String),
        },
      ]);
      expect(headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
    });

    test('with a password tells only that', async () => {
      const token = await share({
        password: 'open sesame',
        max_downloads: 3,
        expires_at: '2099-01-01T00:00:00Z',
      });
      const { body } = await get(token);
      const { password_required: asked, ...rest } = body;
      expect([asked, new Set(Object.values(rest))]).toEqual([true, new Set([null])]);
      const opened = await open(token, { password: 'open sesame' });
      expect(opened.body).toMatchObject({ name: 'noise.png', password_required: true, downloads_left: 3 });
    });

    test('gives the file, to save or to show, and says how often it still does', async () => {
      const token = await share({ max_downloads: 3 });
      const saved = await download(token);
      expect([saved.status, Object.keys(saved.body).sort(), saved.body['downloads_left']]).toEqual([
        200,
        ['downloads_left', 'expires_at', 'url'],
        2,
      ]);
      expect(String(saved.body['url'])).toContain('response-content-disposition=attachment');
      const shown = await download(token, { purpose: 'view' });
      expect(String(shown.body['url'])).toContain('response-content-disposition=inline');
      const fetched = await fetch(String(shown.body['url']));
      expect(Buffer.from(await fetched.arrayBuffer()).equals(stage.file.body)).toBe(true);
      expect((await get(token)).body['downloads_left']).toBe(1);
    });

    test('with 3 downloads left gives exactly 3 of 10 at once, from two servers', async () => {
      const token = await share({ max_downloads: 3 });
      const other = await createHttpWorld(stage.world);
      const answers = await Promise.all(
        Array.from({ length: 10 }, (_, at) =>
          (at % 2 === 0 ? other : stage.http).call('POST', `/api/s/${token}/download`, { body: {} }),
        ),
      );
      await other.close();
      const codes = answers.map(({ status, body }) => `${status} ${body['code'] as string | undefined}`);
      expect(codes.toSorted()).toEqual([
        ...Array.from({ length: 3 }, () => '200 undefined'),
        ...Array.from({ length: 7 }, () => '410 share_exhausted'),
      ]);
      expect((await get(token)).body['code']).toBe('share_exhausted');
    });

    test('refuses with a code each, and 429 for guessing', async () => {
      const token = await share({ password: 'open sesame' });
      const codeOf = async (body: object) => {
        const answer = await download(token, body);
        return `${answer.status} ${String(answer.body['code'])}`;
      };
      expect(await codeOf({})).toBe('401 password_required');
      for (let count = 0; count < 5; count += 1) {
        expect(await codeOf({ password: 'guess' })).toBe('401 wrong_password');
      }
      const blocked = await download(token, { password: 'open sesame' });
      expect([blocked.status, blocked.body['code'], blocked.headers['retry-after']]).toEqual([
        429,
        'too_many_attempts',
        '30',
      ]);
    });

    test('counts guesses by what a line has of addresses', async () => {
      const token = await share({ password: 'open sesame' });
      const proxied = await createHttpWorld(stage.world, { trustedProxies: ['127.0.0.1'] });
      const from = (ip: string, password: string) =>
        proxied.call('POST', `/api/s/${token}/download`, {
          body: { password },
          headers: { 'x-forwarded-for': ip },
        });
      for (let host = 1; host <= 5; host += 1) await from(`2001:db8::${host}`, 'guess');
      const [neighbour, other] = [
        await from('2001:db8::99', 'open sesame'),
        await from('2001:db8:1::1', 'open sesame'),
      ];
      await proxied.close();
      expect([neighbour.status, other.status]).toEqual([429, 200]);
    });

    test.each(['x', '0'.repeat(33), '%00', '..%2f..%2fetc%2fpasswd', "'%20or%201=1--", '%F0%9F%92%A9'])(
      'is none: %s',
      async (token) => {
        for (const answer of [await get(token), await open(token, {}), await download(token)]) {
          expect([answer.status, answer.body['code']]).toEqual([404, 'not_found']);
        }
      },
    );

    test.each([
      ['password', { password: 1 }],
      ['password', { password: { $ne: '' } }],
      ['password', { password: 'x'.repeat(257) }],
      ['purpose', { purpose: 'own' }],
      ['max_downloads', { max_downloads: 9 }],
    ])('a fault of %s is named', async (field, body) => {
      const { status, body: answer } = await download(await share(), body);
      expect([status, answer['errors']]).toEqual([
        400,
        expect.arrayContaining([expect.objectContaining({ field })]),
      ]);
    });

    test('takes no account for a reason to give more', async () => {
      const token = await share({ password: 'open sesame' });
      const own = await stage.http.call('POST', `/api/s/${token}/download`, { token: stage.token, body: {} });
      expect(own.body['code']).toBe('password_required');
    });
  },
  storageForTests().slice(0, 1),
);
