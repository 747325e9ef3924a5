import { describeHttp } from '../support/describe-http';
import { storeByHttp } from '../support/http-steps';

describeHttp('changes of an asset', (stage) => {
  let path: string;
  const patch = (body: unknown, token = stage.token) => stage.http.call('PATCH', path, { token, body });

  beforeEach(async () => {
    path = `/api/assets/${String((await storeByHttp(stage))['id'])}`;
  });

  test('are answered with the asset as it is then', async () => {
    const change = { name: ' Left knee ', is_public: true, expires_at: '2030-01-02T03:04:05+02:00' };
    const { status, body } = await patch(change);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      name: 'Left knee',
      is_public: true,
      expires_at: '2030-01-02T01:04:05.000Z',
      file_name: stage.file.name,
    });
    expect((await patch({ expires_at: null })).body).toMatchObject({ expires_at: null, name: 'Left knee' });
    expect((await patch({})).body).toMatchObject({ is_public: true });
  });

  test.each([
    ['name', { name: '' }],
    ['name', { name: null }],
    ['name', { name: 7 }],
    ['name', { name: 'a/b' }],
    ['name', { name: 'a\u202Eb' }],
    ['name', { name: 'é'.repeat(128) }],
    ['is_public', { is_public: null }],
    ['is_public', { is_public: 'true' }],
    ['expires_at', { expires_at: 1_700_000_000 }],
    ['expires_at', { expires_at: 'tomorrow' }],
    ['expires_at', { expires_at: '2030-01-02' }],
    ['expires_at', { expires_at: '2030-13-02T03:04:05Z' }],
    ['expires_at', { expires_at: '2030-01-02T03:04:60Z' }],
    ['private_ref', { private_ref: 'x' }],
    ['project_id', { project_id: 'PRJ-1' }],
    ['status', { status: 'Published' }],
    ['scan_state', { scan_state: 'clean' }],
  ])('a fault of %s is named: %j', async (field, body) => {
    const answer = await patch(body);
    expect([answer.status, answer.body['errors']]).toEqual([
      400,
      expect.arrayContaining([expect.objectContaining({ field })]),
    ]);
  });

  test('a rotation is begun once its renditions are there, one at a time', async () => {
    const rotate = (token = stage.token) => stage.http.call('POST', `${path}/rotate`, { token });
    const early = await rotate();
    expect([early.status, early.body['code']]).toEqual([409, 'asset_busy']);
    await stage.world.deps.db.query(`update assets set status = 'Published'`);
    expect((await rotate(await stage.http.signUp())).status).toBe(404);
    const begun = await rotate();
    expect([begun.status, begun.text]).toEqual([202, '']);
    expect((await rotate()).status).toBe(409);
  });

  test('by somebody else find nothing', async () => {
    expect((await patch({ name: 'mine' }, await stage.http.signUp())).status).toBe(404);
  });
});
