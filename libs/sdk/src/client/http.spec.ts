import { ApiError } from '../errors/api-error.js';
import { isSlipwayError } from '../errors/slipway-error.js';
import { clientFor } from '../testing/client-for.js';
import { answer, cut, cutAfterBody, neverAnswer } from '../testing/faults.js';
import { rejectionOf } from '../testing/rejection-of.js';
import { withBackend } from '../testing/with-backend.js';

const backend = withBackend();
const busy = answer(429, { headers: { 'retry-after': '0' } });

test('a refusal is an ApiError with the code, the faults of each field and the request id', async () => {
  const problem = {
    code: 'invalid_request',
    detail: 'See errors.',
    errors: [{ field: 'name', message: 'too long' }],
    request_id: 'r-1',
  };
  backend().fail('POST /api/projects', answer(400, { body: JSON.stringify(problem) }));
  const error = await rejectionOf(clientFor(backend()).projects.create({ name: 'x' }));
  expect(error).toBeInstanceOf(ApiError);
  expect(isSlipwayError(error)).toBe(true);
  expect(error).toMatchObject({
    status: 400,
    message: 'See errors.',
    errors: problem.errors,
    requestId: 'r-1',
    retryable: false,
  });
});

test.each([
  [401, 'unauthenticated'],
  [403, 'forbidden'],
  [404, 'not_found'],
  [418, 'invalid_request'],
  [502, 'internal'],
])("a proxy's page with status %i counts as %s", async (status, code) => {
  backend().fail('GET', ...Array.from({ length: 3 }, () => answer(status, { body: '<html>' })));
  expect(await rejectionOf(clientFor(backend()).projects.get('PRJ-1'))).toMatchObject({ code, status });
});

test('a page where JSON was expected says that baseUrl may be wrong', async () => {
  backend().fail('GET', answer(200, { body: '<html>' }));
  expect(await rejectionOf(clientFor(backend()).projects.list())).toMatchObject({
    name: 'ApiError',
    message: expect.stringContaining('baseUrl'),
  });
});

test('a query leaves out what is undefined and escapes the rest', async () => {
  await clientFor(backend()).projects.list({ cursor: 'a&b', limit: undefined });
  expect(backend().seen[0]?.query).toBe('cursor=a%26b');
});

test('a call whose effect cannot be repeated is not sent twice when its answer is lost', async () => {
  backend().fail('POST /api/projects', cutAfterBody);
  expect(await rejectionOf(clientFor(backend()).projects.create({ name: 'x' }))).toMatchObject({
    code: 'network',
  });
  expect(backend().seen).toHaveLength(1);
});

test('a call that was refused untouched is sent again, whatever its effect', async () => {
  backend().fail('POST /api/projects', busy, busy);
  expect(await clientFor(backend()).projects.create({ name: 'x' })).toMatchObject({ name: 'x' });
});

test('a call that only reads is sent again when the connection breaks, three times in all', async () => {
  backend().fail('GET', cut, cut);
  expect(await clientFor(backend()).projects.list()).toEqual({ data: [], next_cursor: null });
  backend().fail('GET', cut, cut, cut);
  expect(await rejectionOf(clientFor(backend()).projects.list())).toMatchObject({
    name: 'NetworkError',
    code: 'network',
  });
});

test('a wait longer than a person would sit through is left to the caller', async () => {
  backend().fail('GET', answer(429, { headers: { 'retry-after': '30' } }));
  const error = await rejectionOf(clientFor(backend()).projects.list());
  expect(error).toMatchObject({ code: 'rate_limited', retryable: true, retryAfterMs: 30_000 });
});

test('a server that does not answer is given up on', async () => {
  backend().fail('GET', neverAnswer, neverAnswer, neverAnswer);
  const client = clientFor(backend(), { responseTimeoutMs: 50 });
  expect(await rejectionOf(client.projects.list())).toMatchObject({ name: 'NetworkError', code: 'stalled' });
});

test('a call ends with its signal', async () => {
  backend().fail('GET', neverAnswer);
  const controller = new AbortController();
  const call = rejectionOf(clientFor(backend()).projects.list({}, { signal: controller.signal }));
  controller.abort('enough');
  expect(await call).toMatchObject({ name: 'AbortError', code: 'aborted', cause: 'enough' });
});

test('cookies go along as far as the client was told', async () => {
  const inits: (RequestInit | undefined)[] = [];
  const recording: typeof fetch = (input, init) => {
    inits.push(init);
    return fetch(input, init);
  };
  await clientFor(backend(), { fetch: recording }).projects.list();
  await clientFor(backend(), { fetch: recording, credentials: 'include' }).projects.list();
  expect(inits.map((init) => init?.credentials)).toEqual(['same-origin', 'include']);
});

test('the clock follows the server', async () => {
  const hourAhead = new Date(Date.now() + 3_600_000).toUTCString();
  backend().fail('GET', answer(200, { headers: { date: hourAhead }, body: '{}' }));
  const client = clientFor(backend());
  await client.projects.list();
  expect(client.now() - Date.now()).toBeGreaterThan(3_590_000);
});

describe('tokens', () => {
  beforeEach(() => {
    backend().token = 'good';
  });

  test('each call carries the token', async () => {
    await clientFor(backend(), { getToken: () => 'good' }).projects.list();
    expect(backend().seen.map(({ headers }) => headers.authorization)).toEqual(['Bearer good']);
  });

  test('a refused token is refreshed once, and the call goes through', async () => {
    const getToken = jest.fn(async ({ refresh }: { refresh: boolean }) => (refresh ? 'good' : 'old'));
    await clientFor(backend(), { getToken }).projects.list();
    expect(getToken.mock.calls).toEqual([[{ refresh: false }], [{ refresh: false }], [{ refresh: true }]]);
  });

  test('calls refused together share one refresh', async () => {
    let token = 'old';
    const getToken = jest.fn(async ({ refresh }: { refresh: boolean }) => {
      if (refresh) token = 'good';
      return token;
    });
    const client = clientFor(backend(), { getToken });
    await Promise.all([client.projects.list(), client.projects.list(), client.projects.list()]);
    expect(getToken.mock.calls.filter(([{ refresh }]) => refresh)).toHaveLength(1);
  });

  test('a host that goes on giving out the old token does not cost a refresh each time', async () => {
    const getToken = jest.fn(({ refresh }: { refresh: boolean }) => (refresh ? 'good' : 'old'));
    const client = clientFor(backend(), { getToken });
    await client.projects.list();
    await client.projects.list();
    expect(getToken.mock.calls.filter(([{ refresh }]) => refresh)).toHaveLength(1);
    expect(backend().seen).toHaveLength(3);
  });

  test("another person's token takes the place of a refreshed one at once", async () => {
    let token = 'old';
    const client = clientFor(backend(), { getToken: ({ refresh }) => (refresh ? 'good' : token) });
    await client.projects.list();
    token = 'of somebody else';
    backend().token = token;
    await client.projects.list();
    expect(backend().seen.at(-1)?.headers.authorization).toBe('Bearer of somebody else');
    expect(backend().seen).toHaveLength(3);
  });

  test('a token that stays refused is unauthenticated, without a second refresh', async () => {
    const getToken = jest.fn(() => 'bad');
    expect(await rejectionOf(clientFor(backend(), { getToken }).projects.list())).toMatchObject({
      code: 'unauthenticated',
      status: 401,
    });
    expect(backend().seen).toHaveLength(1);
  });

  test('a getToken that throws is unauthenticated, with what it threw as the cause', async () => {
    const cause = new Error('no session');
    const client = clientFor(backend(), { getToken: () => Promise.reject(cause) });
    expect(await rejectionOf(client.projects.list())).toMatchObject({ code: 'unauthenticated', cause });
  });

  test('signing in asks for no token', async () => {
    const getToken = jest.fn(() => 'good');
    backend().fail('POST /api/auth/login', answer(401, { body: '{"code":"invalid_credentials"}' }));
    const login = clientFor(backend(), { getToken }).auth.login({
      email: 'a@b.c',
      password: 'wrong password',
    });
    expect(await rejectionOf(login)).toMatchObject({ code: 'invalid_credentials' });
    expect(getToken).not.toHaveBeenCalled();
  });
});
