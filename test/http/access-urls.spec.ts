import { describeHttp } from '../support/describe-http';
import { storeByHttp } from '../support/http-steps';

describeHttp('access URLs', (stage) => {
  const post = (path: string, body: object, token = stage.token) =>
    stage.http.call('POST', path, { token, body });
  const limitTier = (seconds: number | null) =>
    stage.world.deps.db.query(`update tiers set max_access_url_seconds = $1 where name = 'free'`, [seconds]);

  afterEach(() => limitTier(null));

  test('come for many assets at once, a result an id in their order', async () => {
    const { id } = await storeByHttp(stage);
    const { status, body } = await post('/api/assets/access-urls', { ids: [id, 'AST-unknown', id] });
    expect(status).toBe(200);
    expect(body).toEqual({
      data: [
        { id, url: expect.stringContaining('X-Amz-Signature='), expires_at: expect.stringMatching(/Z$/) },
        { id: 'AST-unknown', code: 'not_found' },
        { id, url: expect.any(String), expires_at: expect.any(String) },
      ],
    });
  });

  test('are not given to somebody else', async () => {
    const { id } = await storeByHttp(stage);
    const answer = await post('/api/assets/access-urls', { ids: [id] }, await stage.http.signUp());
    expect(answer.body).toEqual({ data: [{ id, code: 'not_found' }] });
  });

  test.each([
    ['ids', {}],
    ['ids', { ids: [] }],
    ['ids', { ids: 'AST-1' }],
    ['ids', { ids: [1] }],
    ['ids', { ids: Array.from({ length: 101 }, (_, n) => `AST-${n}`) }],
    ['ids', { ids: ['x'.repeat(101)] }],
    ['purpose', { ids: ['AST-1'], purpose: 'steal' }],
    ['rendition', { ids: ['AST-1'], rendition: 'qr-code' }],
    ['expires_in', { ids: ['AST-1'], expires_in: 60 }],
  ])('a fault of %s is named', async (field, body) => {
    const answer = await post('/api/assets/access-urls', body);
    expect([answer.status, answer.body['errors']]).toEqual([
      400,
      expect.arrayContaining([expect.objectContaining({ field })]),
    ]);
  });

  test('live as long as the tier allows at the time of the call', async () => {
    const { id } = await storeByHttp(stage);
    const ask = () => post(`/api/assets/${String(id)}/access-url`, { expires_in: 7200 });
    expect((await ask()).status).toBe(200);
    await limitTier(3600);
    const { status, body } = await ask();
    expect([status, body['code'], body['errors']]).toEqual([
      400,
      'invalid_request',
      [{ field: 'expires_in', message: 'must be at most 3600, the limit of your tier' }],
    ]);
    const asset = await stage.http.call('GET', `/api/assets/${String(id)}`, { token: stage.token });
    const life = Date.parse(String(asset.body['url_expires_at'])) - stage.world.deps.clock.now().getTime();
    expect(life).toBeLessThanOrEqual(3_600_000);
  });
});
