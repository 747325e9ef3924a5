import { describeHttp } from '../support/describe-http';

describeHttp('answers', (stage) => {
  test('an unknown route is a problem too', async () => {
    const answer = await stage.http.call('GET', '/api/nothing-here?x=1');
    expect(answer.status).toBe(404);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.body).toMatchObject({
      type: 'urn:slipway:error:not_found',
      status: 404,
      code: 'not_found',
      instance: '/api/nothing-here',
      request_id: answer.headers['x-request-id'],
    });
  });

  test('a caller’s own request id is kept when it is sane', async () => {
    const ask = (id: string) =>
      stage.http.call('GET', '/api/health/live', { headers: { 'x-request-id': id } });
    expect((await ask('trace-0123456789')).headers['x-request-id']).toBe('trace-0123456789');
    expect((await ask('<script>')).headers['x-request-id']).not.toBe('<script>');
  });

  test.each([
    ['{"a":', 'application/json', 400],
    ['<a/>', 'application/xml', 415],
    [JSON.stringify({ name: 'x'.repeat(300_000) }), 'application/json', 413],
  ])('the body %.20s as %s is refused', async (body, type, status) => {
    const answer = await stage.http.call('POST', '/api/auth/login', {
      body,
      headers: { 'content-type': type },
    });
    expect([answer.status, answer.body['code']]).toEqual([status, 'invalid_request']);
  });

  test('other origins may call when they are allowed, and only then', async () => {
    const ask = (origin: string) => stage.http.call('GET', '/api/health/live', { headers: { origin } });
    expect((await ask('https://app.example.com')).headers['access-control-allow-origin']).toBe(
      'https://app.example.com',
    );
    expect((await ask('https://evil.example')).headers['access-control-allow-origin']).toBeUndefined();
  });

  test('an allowed origin may delete too', async () => {
    const { headers } = await stage.http.call('OPTIONS', '/api/assets/AST-1', {
      headers: { origin: 'https://app.example.com', 'access-control-request-method': 'DELETE' },
    });
    expect(headers['access-control-allow-methods']).toContain('DELETE');
  });

  test('pages may load from here and from the storage, and may not be framed', async () => {
    const { headers } = await stage.http.call('GET', '/api/health/live');
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("connect-src 'self' http://storage.example.com;");
    expect(policy).toContain("frame-ancestors 'none'");
  });

  test('no cache may keep an answer, whether it is good or bad', async () => {
    const created = await stage.http.call('POST', '/api/auth/signup', {
      body: { email: 'cache@example.com', password: 'correct horse', name: 'Ada' },
    });
    const refused = await stage.http.call('GET', '/api/auth/me');
    expect([created.status, refused.status]).toEqual([201, 401]);
    expect(created.headers['cache-control']).toBe('no-store');
    expect(refused.headers['cache-control']).toBe('no-store');
  });

  test('health tells live and ready under both names', async () => {
    for (const path of ['/health/live', '/api/health/live']) {
      expect(await stage.http.call('GET', path)).toMatchObject({ status: 200, body: { status: 'live' } });
    }
    expect((await stage.http.call('GET', '/health/ready')).body).toEqual({
      status: 'ready',
      database: 'up',
      storage: 'up',
    });
  });

  test('text that PostgreSQL cannot hold is the caller’s fault', async () => {
    const answer = await stage.http.call('POST', '/api/auth/signup', {
      body: { email: 'nul@example.com', password: 'correct horse', name: 'a\u0000b' },
    });
    expect([answer.status, answer.body['code']]).toEqual([400, 'invalid_request']);
  });
});
