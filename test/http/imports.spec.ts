import { Import } from '@slipway/core/imports/import.entity';
import { importFile } from '@slipway/core/imports/import-file';
import type { FetchRules } from '@slipway/platform/fetch/fetch-rules';
import { describeHttp } from '../support/describe-http';
import { type FileHost, startFileHost } from '../support/file-host';

describeHttp('imports', (stage) => {
  let host: FileHost;
  let off: FetchRules;
  const settings = () => stage.world.deps.settings;
  const post = (body: object, token = stage.token) =>
    stage.http.call('POST', '/api/assets/import', { token, body: { project_id: stage.projectId, ...body } });
  const get = (path: string, token = stage.token) => stage.http.call('GET', path, { token });

  beforeAll(async () => {
    host = await startFileHost();
    host.answer = (_, response) =>
      response.writeHead(200, { 'content-type': 'image/png' }).end(stage.file.body);
  });
  afterAll(() => host.close());
  beforeEach(() => {
    off = settings().imports;
    settings().imports = host.rules();
  });
  afterEach(() => {
    settings().imports = off;
  });

  test('are answered at once, and done by a job', async () => {
    const begun = await post({ url: host.at('/knee.png'), name: 'Left knee' });
    const id = String(begun.body['id']);
    expect([begun.status, begun.body]).toEqual([
      202,
      {
        id: expect.stringMatching(/^IMP-/),
        status: 'pending',
        asset_id: null,
        private_ref: null,
        code: null,
        reason: null,
      },
    ]);
    await importFile({ importId: id, lastTry: false }, stage.world.deps);
    const done = await get(`/api/imports/${id}`);
    expect(done.body).toMatchObject({
      id,
      status: 'completed',
      private_ref: expect.stringMatching(/^private:\/\//),
    });
    const asset = await get(`/api/assets/${String(done.body['asset_id'])}`);
    expect(asset.body).toMatchObject({ name: 'Left knee', file_name: 'knee.png', content_type: 'image/png' });
    const signed = await get(`/api/private/${encodeURIComponent(host.at('/knee.png'))}/signed-url`);
    expect(signed.status).toBe(200);
  });

  test('tell why they failed', async () => {
    const begun = await post({ url: host.at('/x.png') });
    const { id } = await stage.world.deps.db.manager.findOneByOrFail(Import, {
      id: String(begun.body['id']),
    });
    const rules = { ...settings(), imports: host.rules({ maxBytes: 10 }) };
    await importFile({ importId: id, lastTry: false }, { ...stage.world.deps, settings: rules });
    expect((await get(`/api/imports/${id}`)).body).toMatchObject({
      status: 'failed',
      code: 'file_too_large',
      reason: 'The file has more than 10 bytes.',
    });
  });

  test.each(['http://evil.example/x', 'https://127.0.0.1/', 'http://[::ffff:169.254.169.254]/'])(
    'from %s are refused',
    async (url) => {
      const { status, body } = await post({ url });
      expect([status, body['code']]).toEqual([422, 'host_not_allowed']);
    },
  );

  test.each([
    ['url', {}],
    ['url', { url: 7 }],
    ['url', { url: 'knee.png' }],
    ['url', { url: 'http://a:b@files.example.com/' }],
    ['url', { url: `https://files.example.com/${'x'.repeat(2048)}` }],
    ['name', { url: 'https://files.example.com/', name: '' }],
    ['name', { url: 'https://files.example.com/', name: 'a/b' }],
    ['status', { url: 'https://files.example.com/', status: 'completed' }],
  ])('a fault of %s is named: %j', async (field, body) => {
    const answer = await post(body);
    expect([answer.status, answer.body['errors']]).toEqual([
      400,
      expect.arrayContaining([expect.objectContaining({ field })]),
    ]);
  });

  test('of others are unknown, as is what never was', async () => {
    const { body } = await post({ url: host.at('/mine.png') });
    const stranger = await stage.http.signUp();
    const foreign = await get(`/api/imports/${String(body['id'])}`, stranger);
    const unknown = await get('/api/imports/IMP-unknown', stranger);
    expect([foreign.status, foreign.body['detail']]).toEqual([404, unknown.body['detail']]);
    expect((await post({ url: host.at('/theirs.png') }, stranger)).status).toBe(404);
  });
});
