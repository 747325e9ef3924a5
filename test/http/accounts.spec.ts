import { TOKEN_SECONDS_OF_TESTS } from '../support/http-world';
import { describeHttp } from '../support/describe-http';

describeHttp('accounts', (stage) => {
  const person = { email: 'Ada@Example.com', password: 'correct horse', name: '  Ada  ' };

  test('sign-up answers with user and token, and the token opens me', async () => {
    const answer = await stage.http.call('POST', '/api/auth/signup', { body: person });
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({
      user: {
        id: expect.stringMatching(/^USR-/),
        email: 'Ada@Example.com',
        name: 'Ada',
        role: 'user',
        email_verified: false,
      },
      token_type: 'Bearer',
      expires_in: TOKEN_SECONDS_OF_TESTS,
    });
    expect(answer.text).not.toContain('argon2');
    const me = await stage.http.call('GET', '/api/auth/me', { token: String(answer.body['access_token']) });
    expect(me.body).toEqual(answer.body['user']);
  });

  test('the same email in other letters is taken', async () => {
    const answer = await stage.http.call('POST', '/api/auth/signup', {
      body: { ...person, email: 'ada@example.COM' },
    });
    expect([answer.status, answer.body['code']]).toEqual([409, 'email_taken']);
  });

  test('two sign-ups with one email at once give one account', async () => {
    const body = { ...person, email: 'grace@example.com' };
    const answers = await Promise.all(
      [1, 2, 3].map(() => stage.http.call('POST', '/api/auth/signup', { body })),
    );
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409, 409]);
  });

  test('login takes the right password only, and tells no difference for an unknown email', async () => {
    const logIn = (body: object) => stage.http.call('POST', '/api/auth/login', { body });
    const { email, password } = person;
    expect((await logIn({ email: email.toLowerCase(), password })).status).toBe(200);
    const wrong = await logIn({ email, password: 'wrong horse!' });
    const unknown = await logIn({ email: 'nobody@example.com', password });
    expect([wrong.status, wrong.body['code']]).toEqual([401, 'invalid_credentials']);
    expect({ ...unknown.body, request_id: '' }).toEqual({ ...wrong.body, request_id: '' });
  });

  test('all faults of a form come at once, by field', async () => {
    const answer = await stage.http.call('POST', '/api/auth/signup', {
      body: { email: 'x', password: 'short', name: ' ', admin: true },
    });
    expect(answer.status).toBe(400);
    const fields = (answer.body['errors'] as { field: string }[]).map(({ field }) => field);
    expect(new Set(fields)).toEqual(new Set(['email', 'password', 'name', 'admin']));
  });

  test('the token of an account that is gone opens nothing, and makes nothing', async () => {
    const email = 'gone@example.com';
    const session = await stage.http.call('POST', '/api/auth/signup', { body: { ...person, email } });
    const token = String(session.body['access_token']);
    await stage.world.deps.db.query('delete from users where email = $1', [email]);
    const create = await stage.http.call('POST', '/api/projects', { token, body: { name: 'Pier' } });
    const me = await stage.http.call('GET', '/api/auth/me', { token });
    expect([create.status, create.body['code']]).toEqual([401, 'unauthenticated']);
    expect([me.status, me.body['code']]).toEqual([401, 'unauthenticated']);
  });

  test.each(['', 'x', 'Bearer', 'Basic YTpi'])(
    'the authorization %j opens nothing',
    async (authorization) => {
      const answer = await stage.http.call('GET', '/api/auth/me', { headers: { authorization } });
      expect([answer.status, answer.body['code']]).toEqual([401, 'unauthenticated']);
      expect(answer.headers['www-authenticate']).toBe('Bearer');
    },
  );
});
