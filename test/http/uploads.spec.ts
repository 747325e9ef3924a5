import { describeHttp } from '../support/describe-http';
import { sha256 } from '../support/test-files';

describeHttp('uploads and assets', (stage) => {
  const announcement = () => ({
    project_id: stage.projectId,
    file_name: 'photo.png',
    file_size: stage.file.body.length,
    content_type: 'image/png',
    checksum_sha256: sha256(stage.file.body),
  });
  const begin = (change: object = {}) =>
    stage.http.call('POST', '/api/assets/upload-url', {
      token: stage.token,
      body: { ...announcement(), ...change },
    });
  const put = async (begun: Record<string, unknown>) => {
    const headers = begun['headers'] as Record<string, string>;
    const response = await fetch(String(begun['upload_url']), {
      method: 'PUT',
      headers,
      body: stage.file.body,
    });
    await response.arrayBuffer();
    expect(response.status).toBe(200);
  };
  const complete = (begun: Record<string, unknown>, name = 'My photo') =>
    stage.http.call('POST', '/api/assets', {
      token: stage.token,
      body: {
        name,
        project_id: stage.projectId,
        file_key: begun['file_key'],
        file_size: stage.file.body.length,
        content_type: 'image/png',
      },
    });
  const upload = async () => {
    const { body } = await begin();
    await put(body);
    return (await complete(body)).body;
  };

  test.each(['', 'x'.repeat(256)])('an asset cannot be called "%s"', async (name) => {
    const { status, body } = await complete((await begin()).body, name);
    expect([status, body['errors']]).toEqual([400, [expect.objectContaining({ field: 'name' })]]);
  });

  test('an upload URL is answered with everything the client must send', async () => {
    const { status, body } = await begin();
    expect(status).toBe(200);
    expect(body).toEqual({
      upload_url: expect.stringContaining('X-Amz-Signature='),
      method: 'PUT',
      headers: { 'content-type': 'image/png', 'x-amz-checksum-sha256': sha256(stage.file.body) },
      asset_id: expect.stringMatching(/^AST-[0-9A-Z]{26}$/),
      file_key: `projects/${stage.projectId}/assets/${String(body['asset_id'])}/photo.png`,
      expires_in: 900,
      expires_at: expect.stringMatching(/^\d{4}-.*Z$/),
      now: expect.stringMatching(/^\d{4}-.*Z$/),
      multipart: null,
      deduplicated: false,
    });
  });

  test('completion answers 201 with the asset, and 200 with the same one again', async () => {
    const { body: begun } = await begin();
    await put(begun);
    const first = await complete(begun);
    const again = await complete(begun);
    expect([first.status, again.status]).toEqual([201, 200]);
    expect(first.body).toMatchObject({
      id: begun['asset_id'],
      project_id: stage.projectId,
      name: 'My photo',
      status: 'Processing',
      file_name: 'photo.png',
      file_key: begun['file_key'],
      file_size: stage.file.body.length,
      content_type: 'image/png',
      checksum_sha256: sha256(stage.file.body),
      thumbnail_url: null,
      qr_code_url: expect.stringContaining('qr-code.png?'),
    });
    expect(again.body).toEqual(first.body);
  });

  test.each([
    [{ file_size: 0 }, 'file_size'],
    [{ file_size: '12' }, 'file_size'],
    [{ file_name: '../x.png' }, 'file_name'],
    [{ content_type: 'png' }, 'content_type'],
    [{ checksum_sha256: 'short' }, 'checksum_sha256'],
    [{ file_nmae: 'x' }, 'file_nmae'],
    [{ project_id: undefined }, 'project_id'],
  ])('the announcement %j is refused by field', async (change, field) => {
    const { status, body } = await begin(change);
    expect([status, body['code']]).toEqual([400, 'invalid_request']);
    expect(body['errors']).toContainEqual(expect.objectContaining({ field }));
  });

  test('a project that is not there, and one of another, are equally absent', async () => {
    const absent = await begin({ project_id: 'PRJ-01K9ZD2J6H9CF0QW5T1R4V7XYZ' });
    const foreign = await begin({ project_id: stage.project.id });
    expect([absent.status, absent.body['code']]).toEqual([404, 'not_found']);
    expect(foreign.body['detail']).toBe(absent.body['detail']);
  });

  test('an asset is read, listed, granted and deleted', async () => {
    const asset = await upload();
    const path = `/api/assets/${String(asset['id'])}`;
    const token = stage.token;
    expect((await stage.http.call('GET', path, { token })).body).toEqual(asset);
    const list = await stage.http.call('GET', `/api/assets?project_id=${stage.projectId}`, { token });
    expect(list.body).toEqual({ data: [asset], next_cursor: null });
    const grant = await stage.http.call('POST', `${path}/access-url`, {
      token,
      body: { purpose: 'download' },
    });
    expect(grant.body).toEqual({
      url: expect.stringContaining('response-content-disposition=attachment'),
      expires_at: expect.any(String),
    });
    expect((await stage.http.call('DELETE', path, { token })).status).toBe(204);
    expect((await stage.http.call('GET', path, { token })).status).toBe(404);
    expect((await stage.http.call('DELETE', path, { token })).status).toBe(404);
  });

  test('cancelling answers 204, and completion 410 afterwards', async () => {
    const { body: begun } = await begin();
    const path = `/api/uploads/${String(begun['asset_id'])}`;
    expect((await stage.http.call('DELETE', path, { token: stage.token })).status).toBe(204);
    const answer = await complete(begun);
    expect([answer.status, answer.body['code']]).toEqual([410, 'upload_cancelled']);
  });

  test('renditions tell their state', async () => {
    const asset = await upload();
    const { body } = await stage.http.call('GET', `/api/assets/${String(asset['id'])}/renditions`, {
      token: stage.token,
    });
    expect(body['data']).toEqual([
      expect.objectContaining({ name: 'qr-code', status: 'pending', reason: null }),
      expect.objectContaining({ name: 'thumbnail', status: 'pending', reason: null }),
    ]);
  });

  test.each(['limit=0', 'limit=101', 'limit=x', 'cursor=x', 'sort=name'])(
    'the list query %s is refused',
    async (query) => {
      const path = `/api/assets?project_id=${stage.projectId}&${query}`;
      const { status, body } = await stage.http.call('GET', path, { token: stage.token });
      expect([status, body['code']]).toEqual([400, 'invalid_request']);
    },
  );

  test('a project’s QR code is an image of its own', async () => {
    const path = `/api/projects/${stage.projectId}/qr-code`;
    const png = await stage.http.call('GET', `${path}.png`, { token: stage.token });
    const svg = await stage.http.call('GET', `${path}.svg`, { token: stage.token });
    expect(png.headers['content-type']).toBe('image/png');
    expect(svg.headers['content-type']).toMatch(/^image\/svg\+xml/);
    expect(svg.text).toMatch(/^<svg /);
  });
});
