import { createHttpWorld, type HttpWorld } from '../support/http-world';
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

  test('beyond the budget there is 429 with the time to wait', async () => {
    const http = await createHttpWorld(stage.world, { rateLimitPerMinute: 60 });
    const login = () =>
      http.call('POST', '/api/auth/login', { body: { email: 'a@example.com', password: 'wrong horse' } });
    const statuses = [(await login()).status, (await login()).status];
    const refused = await login();
    const elsewhere = await http.call('GET', '/api/auth/me');
    await http.close();
    expect(statuses).toEqual([401, 401]);
    expect([refused.status, refused.body['code']]).toEqual([429, 'rate_limited']);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect(elsewhere.status).toBe(401);
  });

  describe('a caller without an account', () => {
    const remaining = async (http: HttpWorld, remoteAddress: string, forwarded?: string) => {
      const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded };
      const answer = await http.app.inject({ url: '/api/health/live', remoteAddress, headers });
      return Number(answer.headers['ratelimit-remaining']);
    };

    test('has one budget in its IPv6 /64', async () => {
      const http = await createHttpWorld(stage.world, { rateLimitPerMinute: 60 });
      const left = [
        await remaining(http, '2001:db8:1:2::1'),
        await remaining(http, '2001:db8:1:2:ffff::7'),
        await remaining(http, '2001:db8:1:3::1'),
      ];
      await http.close();
      expect(left).toEqual([59, 58, 59]);
    });

    test('is whom a trusted proxy names', async () => {
      const http = await createHttpWorld(stage.world, {
        rateLimitPerMinute: 60,
        trustedProxies: ['10.0.0.0/8'],
      });
      const left = [
        await remaining(http, '10.0.0.1', '192.0.2.1'),
        await remaining(http, '10.0.0.2', '192.0.2.1'),
        await remaining(http, '10.0.0.1', '192.0.2.2'),
        await remaining(http, '203.0.113.1', '192.0.2.1'),
        await remaining(http, '203.0.113.1', '192.0.2.2'),
      ];
      await http.close();
      expect(left).toEqual([59, 58, 59, 59, 58]);
    });

    test('cannot name itself where no proxy is trusted', async () => {
      const http = await createHttpWorld(stage.world, { rateLimitPerMinute: 60 });
      const left = [
        await remaining(http, '10.0.0.1', '192.0.2.1'),
        await remaining(http, '10.0.0.1', '192.0.2.2'),
      ];
      await http.close();
      expect(left).toEqual([59, 58]);
    });
  });

  test('the budget holds for another spelling of the same route', async () => {
    const http = await createHttpWorld(stage.world, { rateLimitPerMinute: 30 });
    const login = () =>
      http.call('POST', '/%61pi/auth/login', {
        body: { email: 'a@example.com', password: 'wrong horse' },
      });
    const statuses = [(await login()).status, (await login()).status];
    await http.close();
    expect(statuses).toEqual([401, 429]);
  });

  test('text that PostgreSQL cannot hold is the caller’s fault', async () => {
    const answer = await stage.http.call('POST', '/api/auth/signup', {
      body: { email: 'nul@example.com', password: 'correct horse', name: 'a\u0000b' },
    });
    expect([answer.status, answer.body['code']]).toEqual([400, 'invalid_request']);
  });
});
