import { describeHttp } from '../support/describe-http';
import { storeByHttp } from '../support/http-steps';
import { createHttpWorld } from '../support/http-world';
import { storageForTests } from '../support/storage-for-tests';

const HOSTILE = [
  `<script>alert(1)</script>`,
  `"><img src=x onerror=alert(1)>`,
  `' autofocus onfocus='alert(1)`,
  `</title><svg onload=alert(1)>`,
  `{{constructor}} \${7*7} <!--`,
  `&lt;b&gt; &amp;`,
];

/** What a browser would make of text in an element. */
const shown = (name: string): string =>
  name.replace(
    /[&<>"']/g,
    (char) => `&${{ '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": '#39' }[char]};`,
  );

describeHttp(
  'the page of a share link',
  (stage) => {
    let asset: Record<string, unknown>;
    const call = (method: 'POST' | 'PATCH', path: string, body: object) =>
      stage.http.call(method, path, { token: stage.token, body });
    const share = async (body: object = {}): Promise<string> => {
      const made = await call('POST', `/api/assets/${String(asset['id'])}/shares`, { kind: 'link', ...body });
      return String(made.body['token']);
    };
    const page = (token: string) => stage.http.call('GET', `/s/${token}`);
    const unlock = (token: string, password: string) =>
      stage.http.call('POST', `/s/${token}`, { body: { password } });

    beforeEach(async () => {
      asset = await storeByHttp(stage);
    });

    test('shows its file, and counts no download', async () => {
      const token = await share({ max_downloads: 1 });
      await page(token);
      const { status, headers, text } = await page(token);
      expect([status, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
      expect(text).toContain('<title>noise.png</title>');
      expect(text).toContain('<meta property="og:title" content="noise.png"');
      expect(text).toContain('1 download left');
    });

    test('has a policy that lets in nothing but its own, and no script or style within it', async () => {
      const { headers, text } = await page(await share());
      expect(headers).toMatchObject({
        'content-security-policy':
          "default-src 'none'; script-src 'self'; style-src 'self'; " +
          `img-src ${new URL(stage.storage.endpoint).origin}; connect-src 'self'; ` +
          "form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'x-robots-tag': 'noindex, nofollow, noarchive',
        'cache-control': 'no-store',
      });
      expect(text.match(/<script/g)).toHaveLength(1);
      expect(text).toMatch(/<script src="\.\.\/pages\/page\.js\?v=[0-9a-f]{12}" defer><\/script>/);
      expect(text).not.toMatch(/<style|\sstyle=|\son\w+=|javascript:/i);
    });

    test('with a password tells nothing before it is given', async () => {
      const token = await share({ password: 'open sesame', max_downloads: 7 });
      const { status, text } = await page(token);
      expect([status, text.includes('<title>Shared file</title>')]).toEqual([200, true]);
      expect(text).toContain('<meta property="og:title" content="Shared file"');
      expect(text).not.toMatch(/noise|png|image|7 downloads|og:description|og:image|X-Amz/i);
      const wrong = await unlock(token, 'wrong');
      expect([wrong.status, wrong.body['code']]).toEqual([401, 'wrong_password']);
      const opened = await unlock(token, 'open sesame');
      expect([opened.status, opened.text.includes('noise.png')]).toEqual([200, true]);
      expect(opened.text).toContain('<title>Shared file</title>');
    });

    test('says why there is nothing, in the status too', async () => {
      const used = await share({ max_downloads: 1 });
      await stage.http.call('POST', `/api/s/${used}/download`, { body: {} });
      const ended = await share({ expires_at: new Date(Date.now() + 3_600_000).toISOString() });
      await stage.world.deps.db.query('update shares set expires_at = $1 where expires_at is not null', [
        stage.world.deps.clock.now(),
      ]);
      const [gone, over, unknown] = [await page(used), await page(ended), await page('x')];
      expect([gone.status, over.status, unknown.status]).toEqual([410, 410, 404]);
      expect(gone.text).toContain('This link has been used up');
      expect(over.text).toContain('This link has expired');
      expect(unknown.text).toContain('There is nothing here');
      for (const { text } of [gone, over, unknown]) expect(text).not.toMatch(/noise|X-Amz/);
    });

    test.each(HOSTILE)('shows %s as a name', async (name) => {
      await stage.world.deps.db.query('update assets set name = $1 where id = $2', [name, asset['id']]);
      const { text } = await page(await share());
      expect(text).toContain(`<bdi>${shown(name)}</bdi>`);
      expect(text).toContain(`content="${shown(name)}"`);
      expect(text).not.toContain(name);
    });

    test('has a QR code of its own address', async () => {
      const { text } = await page(await share());
      expect(text).toMatch(/<details class="qr">[\s\S]*<svg[\s\S]*<\/details>/);
    });

    test('and its password are held to the rate of a caller without an account', async () => {
      const token = await share({ password: 'open sesame' });
      const strict = await createHttpWorld(stage.world, { rateLimitPerMinute: 20 });
      const statuses = async (count: number, one: () => Promise<{ status: number }>) => {
        const answers: number[] = [];
        for (let made = 0; made < count; made += 1) answers.push((await one()).status);
        return answers;
      };
      const pages = await statuses(21, () => strict.call('GET', `/s/${token}`));
      const guesses = await statuses(3, () => strict.call('POST', `/s/${token}`, { body: {} }));
      await strict.close();
      expect([pages.filter((status) => status === 200).length, pages.at(-1)]).toEqual([20, 429]);
      expect(guesses).toEqual([401, 401, 429]);
    });

    test('brings its style and its script, which may be kept', async () => {
      const { text } = await page(await share());
      const files = [...text.matchAll(/(?:href|src)="\.\.(\/pages\/[^"]+)"/g)].map(([, path]) =>
        String(path),
      );
      const answers = await Promise.all(files.map((path) => stage.http.call('GET', path)));
      expect(answers.map(({ status, headers }) => [status, headers['content-type']])).toEqual([
        [200, 'text/css; charset=utf-8'],
        [200, 'text/javascript; charset=utf-8'],
      ]);
      for (const { headers } of answers) expect(headers['cache-control']).toContain('immutable');
    });
  },
  storageForTests().slice(0, 1),
);
