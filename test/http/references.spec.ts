import { hashAddress, normaliseAddress } from '@slipway/core/references/old-address';
import { describeHttp } from '../support/describe-http';
import { storeByHttp } from '../support/http-steps';

const OLD = `https://files.example.com/photos/a%20b/${'long/'.repeat(300)}?w=1&h=2`;

describeHttp('private references', (stage) => {
  let asset: Record<string, unknown>;
  let ref: string;
  const get = (path: string, token = stage.token) => stage.http.call('GET', path, { token });
  const signedUrl = (reference: string, query = '', token = stage.token) =>
    get(`/api/private/${encodeURIComponent(reference)}/signed-url${query}`, token);

  beforeEach(async () => {
    asset = await storeByHttp(stage);
    ref = String(asset['private_ref']).slice('private://'.length);
  });

  test('give a URL, to show and to save', async () => {
    const { status, body } = await signedUrl(ref);
    expect([status, Object.keys(body).sort()]).toEqual([200, ['expires_at', 'url']]);
    const saved = await signedUrl(ref, '?purpose=download');
    expect(String(saved.body['url'])).toContain('response-content-disposition=attachment');
    expect((await signedUrl(String(asset['private_ref']))).status).toBe(200);
  });

  test('give a thumbnail’s, where there is one', async () => {
    const { status, body } = await signedUrl(ref, '?rendition=thumbnail');
    expect([status, body['code']]).toEqual([409, 'object_missing']);
  });

  test('are unknown to others in the same words as what never was', async () => {
    const stranger = await stage.http.signUp();
    const foreign = await signedUrl(ref, '', stranger);
    const unknown = await signedUrl('0'.repeat(32), '', stranger);
    expect([foreign.status, foreign.body['detail']]).toEqual([404, unknown.body['detail']]);
    expect((await stage.http.call('GET', `/api/private/${ref}/signed-url`)).status).toBe(401);
  });

  test('may be an old address, percent-encoded', async () => {
    const hash = hashAddress(normaliseAddress(OLD) ?? '');
    await stage.world.deps.db.query('insert into old_addresses values ($1, $2, $3)', [
      stage.projectId,
      hash,
      asset['id'],
    ]);
    const { status, body } = await signedUrl(OLD);
    expect([status, body['url']]).toEqual([200, (await signedUrl(ref)).body['url']]);
  });

  test('come a hundred at once', async () => {
    const refs = [ref, 'private://unknown', ...Array.from({ length: 98 }, () => ref)];
    const { token } = stage;
    const answer = await stage.http.call('POST', '/api/private/signed-urls', { token, body: { refs } });
    const data = answer.body['data'] as Record<string, unknown>[];
    expect(data).toHaveLength(100);
    expect(data[0]).toEqual({ ref, url: expect.any(String), expires_at: expect.any(String) });
    expect(data[1]).toEqual({ ref: 'private://unknown', code: 'not_found' });
  });

  test.each([
    ['refs', {}],
    ['refs', { refs: [] }],
    ['refs', { refs: Array.from({ length: 101 }, () => 'x') }],
    ['refs', { refs: ['x'.repeat(2049)] }],
    ['purpose', { refs: ['x'], purpose: 'own' }],
  ])('a fault of %s is named', async (field, body) => {
    const { token } = stage;
    const answer = await stage.http.call('POST', '/api/private/signed-urls', { token, body });
    expect([answer.status, answer.body['errors']]).toEqual([
      400,
      expect.arrayContaining([expect.objectContaining({ field })]),
    ]);
  });
});
