import { describeHttp } from '../support/describe-http';
import { storeByHttp } from '../support/http-steps';
import { storageForTests } from '../support/storage-for-tests';

let slugs = 0;

describeHttp(
  'a gallery over HTTP',
  (stage) => {
    let slug: string;
    const gallery = () => `/api/projects/${stage.projectId}/gallery`;
    const call = (method: 'GET' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: object) =>
      stage.http.call(method, path, { token: stage.token, body });
    const publish = () => call('PUT', gallery(), { slug });
    const visit = (path: string) => stage.http.call('GET', path);

    const storePublic = async (): Promise<Record<string, unknown>> => {
      const asset = await storeByHttp(stage);
      await call('PATCH', `/api/assets/${String(asset['id'])}`, { is_public: true });
      return asset;
    };

    beforeEach(() => {
      slugs += 1;
      slug = `pier-${slugs}`;
    });

    test('is published, seen, moved and ended', async () => {
      expect((await call('GET', gallery())).body).toEqual({ gallery: null });
      const made = await publish();
      expect([made.status, made.body]).toEqual([200, { slug, url: `http://localhost:3000/g/${slug}` }]);
      expect((await call('GET', gallery())).body).toEqual({ gallery: made.body });
      expect((await call('DELETE', gallery())).status).toBe(204);
      expect((await visit(`/api/galleries/${slug}`)).status).toBe(404);
    });

    test('shows what is public, names nobody, and gives a member no more', async () => {
      await publish();
      const asset = await storePublic();
      await storeByHttp(stage);
      const { status, body, text } = await visit(`/api/galleries/${slug}`);
      expect([status, body]).toEqual([
        200,
        {
          slug,
          name: 'Harbour',
          data: [
            {
              id: asset['id'],
              name: 'noise.png',
              content_type: 'image/png',
              file_size: asset['file_size'],
              width: asset['width'],
              height: asset['height'],
              thumbnail_url: null,
              access_url: expect.any(String),
              url_expires_at: expect.any(String),
            },
          ],
          next_cursor: null,
        },
      ]);
      expect(text).not.toMatch(/USR-|@/);
      expect((await call('GET', `/api/galleries/${slug}`)).body['data']).toHaveLength(1);
      const [shown] = body['data'] as { access_url: string }[];
      expect((await fetch(String(shown?.access_url))).status).toBe(200);
    });

    test('is another’s already', async () => {
      await publish();
      const token = await stage.http.signUp();
      const other = await stage.http.call('POST', '/api/projects', { token, body: { name: 'Other' } });
      const path = `/api/projects/${String(other.body['id'])}/gallery`;
      const { status, body } = await stage.http.call('PUT', path, { token, body: { slug } });
      expect([status, body['code']]).toEqual([409, 'slug_taken']);
    });

    test.each(['', 'ab', 'x'.repeat(61), 'Harbour', 'a/b', 'a.b', '..', 'häfen', 'abc\n', 7, null])(
      'cannot be at %j',
      async (wrong) => {
        const { status, body } = await call('PUT', gallery(), { slug: wrong });
        expect([status, body['errors']]).toEqual([
          400,
          expect.arrayContaining([expect.objectContaining({ field: 'slug' })]),
        ]);
      },
    );

    test('has a page, a part at a time, which search engines may keep', async () => {
      await publish();
      await storePublic();
      await stage.world.deps.db.query(`update assets set name = '<b>&' where project_id = $1`, [
        stage.projectId,
      ]);
      const { status, headers, text } = await visit(`/g/${slug}`);
      expect([status, headers['x-robots-tag'], text.includes('noindex')]).toEqual([200, undefined, false]);
      expect(text).toContain('<title>Harbour</title>');
      expect(text).toContain('<bdi>&lt;b&gt;&amp;</bdi>');
      expect(text).toMatch(
        /<a href="http[^"]*X-Amz-Signature[^"]*" target="_blank" rel="noopener noreferrer">/,
      );
      expect(headers['content-security-policy']).toContain("default-src 'none'");
    });

    test('has no page where it is none, and says so', async () => {
      const none = await visit('/g/nothing-here');
      expect([none.status, none.text.includes('There is nothing here')]).toEqual([404, true]);
      await publish();
      const empty = await visit(`/g/${slug}`);
      expect([empty.status, empty.text.includes('nothing to see here yet')]).toEqual([200, true]);
      expect((await visit(`/g/${slug}?cursor=x`)).status).toBe(400);
    });

    test('goes over pages', async () => {
      await publish();
      const { id } = await storePublic();
      const copies = (table: string, fields: string) =>
        stage.world.deps.db.query(
          `insert into ${table} select (json_populate_record(${table}, json_build_object(
               ${fields}, 'file_key', file_key || n, 'created_at', created_at + n * interval '1 ms'))).*
             from ${table}, generate_series(1, 60) as n where project_id = $1`,
          [stage.projectId],
        );
      const prefix = `left('${String(id)}', 20) || '-' || n`;
      await copies('uploads', `'id', 'UPL' || ${prefix}, 'asset_id', ${prefix}, 'incoming_key', ${prefix}`);
      await copies(
        'assets',
        `'id', ${prefix}, 'upload_id', 'UPL' || ${prefix}, 'private_ref', md5(${prefix})`,
      );
      const first = await visit(`/g/${slug}`);
      expect(first.text.match(/<li>/g)).toHaveLength(60);
      const [, next] = /rel="next" href="([^"]+)"/.exec(first.text) ?? [];
      const second = await visit(`/g/${String(next)}`);
      expect(second.text.match(/<li>/g)).toHaveLength(1);
      expect(second.text).toContain(`<a href="${slug}">Newest</a>`);
      expect(second.headers['x-robots-tag']).toContain('noindex');
    });
  },
  storageForTests().slice(0, 1),
);
