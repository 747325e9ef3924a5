import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { forgetIdempotencyKeys } from '@slipway/core/idempotency/forget-idempotency-keys';
import { KEPT_MS, LEASE_MS } from '@slipway/core/idempotency/key-store';
import { describeHttp } from '../support/describe-http';
import { type Answer, createHttpWorld } from '../support/http-world';
import { withAdmin } from '../support/test-server';

const UNSAFE = ['POST', 'PUT', 'PATCH', 'DELETE'] as const;

const codeOf = ({ status, body }: Answer) => [status, body['code']];

describeHttp('idempotency', (stage) => {
  interface Change {
    name?: string;
    token?: string;
    body?: unknown;
  }
  const create = (key: string, { name = 'Pier', token = stage.token, body = { name } }: Change = {}) =>
    stage.http.call('POST', '/api/projects', { token, body, headers: { 'idempotency-key': key } });

  const projects = async (token = stage.token): Promise<unknown[]> => {
    const list = await stage.http.call('GET', '/api/projects', { token });
    return (list.body['data'] as { name: string }[])
      .map(({ name }) => name)
      .filter((name) => name !== 'Harbour');
  };

  const query = <Row>(sql: string, parameters: unknown[] = []): Promise<Row[]> =>
    stage.world.deps.db.query<Row[]>(sql, parameters);

  const asOwner = (sql: string): Promise<unknown> =>
    withAdmin(stage.world.ownerUrl, (client) => client.query(sql));

  beforeEach(() => query('delete from idempotency_keys'));

  test('a repeat has the same answer, and makes nothing', async () => {
    const key = randomUUID();
    const first = await create(key);
    const again = await create(key);
    expect(first.status).toBe(201);
    expect([again.status, again.text]).toEqual([201, first.text]);
    expect(again.headers['content-type']).toBe(first.headers['content-type']);
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(first.headers).not.toHaveProperty('idempotency-replayed');
    expect(await projects()).toEqual(['Pier']);
  });

  test('twenty repeats at once make one project, and all have its answer', async () => {
    const key = randomUUID();
    const answers = await Promise.all(Array.from({ length: 20 }, () => create(key)));
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(answers[0]?.status).toBe(201);
    expect(await projects()).toEqual(['Pier']);
  });

  test('without a key every call counts', async () => {
    const body = { name: 'Pier' };
    await stage.http.call('POST', '/api/projects', { token: stage.token, body });
    await stage.http.call('POST', '/api/projects', { token: stage.token, body });
    expect(await projects()).toEqual(['Pier', 'Pier']);
  });

  test('the key with another body is refused', async () => {
    const key = randomUUID();
    await create(key);
    expect(codeOf(await create(key, { name: 'Mole' }))).toEqual([422, 'idempotency_key_reused']);
    expect(await projects()).toEqual(['Pier']);
  });

  test('the key on another route is refused', async () => {
    const key = randomUUID();
    await create(key);
    const path = `/api/uploads/${stage.projectId}`;
    const headers = { 'idempotency-key': key };
    const other = await stage.http.call('DELETE', path, { token: stage.token, headers });
    expect(codeOf(other)).toEqual([422, 'idempotency_key_reused']);
  });

  test('the same body written in another order is the same body', async () => {
    const key = randomUUID();
    const signUp = (body: object) =>
      stage.http.call('POST', '/api/auth/signup', { body, headers: { 'idempotency-key': key } });
    const [email, password, name] = [`${key}@example.com`, 'correct horse', 'Ada'];
    const first = await signUp({ email, password, name });
    expect((await signUp({ name, password, email })).text).toBe(first.text);
  });

  test('the key of another user is another key', async () => {
    const key = randomUUID();
    const token = await stage.http.signUp();
    const mine = await create(key);
    const theirs = await create(key, { token, name: 'Mole' });
    expect(theirs.status).toBe(201);
    expect(theirs.body['id']).not.toBe(mine.body['id']);
    expect([await projects(), await projects(token)]).toEqual([['Pier'], ['Mole']]);
  });

  test('an answer without a body is repeated too', async () => {
    const announcement = {
      project_id: stage.projectId,
      file_name: 'a.png',
      file_size: 10,
      content_type: 'image/png',
    };
    const { token } = stage;
    const begun = await stage.http.call('POST', '/api/assets/upload-url', { token, body: announcement });
    const path = `/api/uploads/${String(begun.body['asset_id'])}`;
    const cancel = () => stage.http.call('DELETE', path, { token, headers: { 'idempotency-key': 'cancel' } });
    const first = await cancel();
    const again = await cancel();
    expect([first.status, again.status, again.text]).toEqual([204, 204, '']);
    expect(again.headers['idempotency-replayed']).toBe('true');
  });

  test('a failure is not kept: the call can succeed later', async () => {
    const key = randomUUID();
    expect((await create(key, { body: { name: '' } })).status).toBe(400);
    expect(await query('select 1 from idempotency_keys')).toEqual([]);
    const later = await create(key);
    expect([later.status, later.headers['idempotency-replayed']]).toEqual([201, undefined]);
  });

  test('who is not signed in gets no answer that is kept', async () => {
    const key = randomUUID();
    await create(key);
    expect(codeOf(await create(key, { token: 'nobody' }))).toEqual([401, 'unauthenticated']);
  });

  test('a repeat waits for the call that is under way', async () => {
    const key = randomUUID();
    const { body } = await create(key);
    await query("update idempotency_keys set locked_until = now() + interval '1 minute', status = null");
    const waiting = create(key);
    await sleep(100);
    await query('update idempotency_keys set locked_until = null, status = 201');
    const { status, body: repeated } = await waiting;
    expect([status, repeated]).toEqual([201, body]);
  });

  test('a call that stays under way is 409 with the time to wait', async () => {
    const key = randomUUID();
    await create(key);
    await query("update idempotency_keys set locked_until = now() + interval '1 minute', status = null");
    const answer = await create(key);
    expect(codeOf(answer)).toEqual([409, 'idempotency_in_progress']);
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    expect(await projects()).toEqual(['Pier']);
  });

  test('a call that died is carried out by the next one, once its lease has lapsed', async () => {
    const key = randomUUID();
    await create(key);
    const lapsed = new Date(stage.world.deps.clock.now().getTime() + LEASE_MS);
    await query('update idempotency_keys set locked_until = $1, status = null, answer = null', [lapsed]);
    stage.world.deps.clock.advance(LEASE_MS);
    const next = await create(key);
    expect([next.status, next.headers['idempotency-replayed']]).toEqual([201, undefined]);
    expect((await create(key)).text).toBe(next.text);
  });

  test('an upload begun by a call that died after its commit is found again, not begun twice', async () => {
    const key = randomUUID();
    const begin = () =>
      stage.http.call('POST', '/api/assets/upload-url', {
        token: stage.token,
        headers: { 'idempotency-key': key },
        body: { project_id: stage.projectId, file_name: 'a.png', file_size: 10, content_type: 'image/png' },
      });
    const first = await begin();
    await query('update idempotency_keys set locked_until = $1, status = null, answer = null', [new Date(0)]);
    const next = await begin();
    expect([next.status, next.headers['idempotency-replayed']]).toEqual([200, undefined]);
    expect(next.body['asset_id']).toBe(first.body['asset_id']);
    const uploads = await query('select 1 from uploads where project_id = $1', [stage.projectId]);
    expect(uploads).toHaveLength(1);
  });

  test('a call that died is not carried out as another request', async () => {
    const key = randomUUID();
    await create(key);
    await query('update idempotency_keys set locked_until = $1, status = null, answer = null', [new Date(0)]);
    expect(codeOf(await create(key, { name: 'Mole' }))).toEqual([422, 'idempotency_key_reused']);
  });

  test('an answer that cannot be kept is given all the same', async () => {
    await asOwner('alter table idempotency_keys add constraint broken check (answer is null)');
    const answer = await create(randomUUID());
    await asOwner('alter table idempotency_keys drop constraint broken');
    expect(answer.status).toBe(201);
  });

  test('the table shows neither key, nor caller, nor answer, nor password', async () => {
    const key = randomUUID();
    const email = `${key}@example.com`;
    const body = { email, password: 'correct horse', name: 'Ada' };
    const { text } = await stage.http.call('POST', '/api/auth/signup', {
      body,
      headers: { 'idempotency-key': key },
    });
    const [row] = await query<{ id: Buffer; request: Buffer; answer: Buffer }>(
      'select * from idempotency_keys',
    );
    const stored = Buffer.concat([
      row?.id ?? Buffer.of(),
      row?.request ?? Buffer.of(),
      row?.answer ?? Buffer.of(),
    ]);
    const { access_token: accessToken } = JSON.parse(text) as { access_token: string };
    expect(stored.length).toBeGreaterThan(text.length);
    for (const secret of [key, email, accessToken, 'access_token', 'correct horse']) {
      expect(stored.includes(secret)).toBe(false);
    }
  });

  test('after a day the key is forgotten, and free', async () => {
    const key = randomUUID();
    const { deps } = stage.world;
    await create(key);
    deps.clock.advance(KEPT_MS - 1);
    await create(randomUUID(), { name: 'Mole' });
    expect(await forgetIdempotencyKeys(deps)).toBe(0);
    deps.clock.advance(1);
    expect(await forgetIdempotencyKeys(deps)).toBe(1);
    expect(await query('select 1 from idempotency_keys')).toHaveLength(1);
  });

  test('a key past its time is free before the job comes', async () => {
    const key = randomUUID();
    await create(key);
    stage.world.deps.clock.advance(KEPT_MS);
    const token = stage.token;
    expect((await create(key, { token, name: 'Mole' })).status).toBe(201);
  });

  test('more than a batch is forgotten in one go', async () => {
    await query(
      `insert into idempotency_keys (id, request, expires_at)
       select sha256(n::text::bytea), ''::bytea, to_timestamp(0) from generate_series(1, 2500) as n`,
    );
    expect(await forgetIdempotencyKeys(stage.world.deps)).toBe(2500);
  });

  test('every unsafe route takes a key', async () => {
    const storageEventsSecret = 'a secret between storage and API';
    const http = await createHttpWorld(stage.world, { storageEventsSecret });
    // Who administers may call every route; no guard stands before the key then.
    await stage.world.deps.db.query("update users set role = 'admin'");
    const unsafe = http.routes.filter(({ method }) => UNSAFE.some((one) => one === method));
    expect(unsafe.length).toBeGreaterThan(5);
    for (const { method, url } of unsafe) {
      const answer = await http.call(method as (typeof UNSAFE)[number], url, {
        token: url === '/api/storage-events' ? storageEventsSecret : stage.token,
        headers: { 'idempotency-key': 'x'.repeat(256) },
      });
      expect([method, url, answer.body['errors']]).toEqual([
        method,
        url,
        [expect.objectContaining({ field: 'Idempotency-Key' })],
      ]);
    }
    await http.close();
  });

  test('a safe call takes no notice of a key', async () => {
    const { status } = await stage.http.call('GET', '/api/projects', {
      token: stage.token,
      headers: { 'idempotency-key': '' },
    });
    expect(status).toBe(200);
  });

  test('pages of an allowed origin may send a key, and read whether an answer is a repeat', async () => {
    const headers = {
      origin: 'https://app.example.com',
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'idempotency-key',
    };
    const preflight = await stage.http.call('OPTIONS', '/api/projects', { headers });
    expect(preflight.headers['access-control-allow-headers']).toContain('idempotency-key');
    const answer = await stage.http.call('GET', '/api/health/live', { headers: { origin: headers.origin } });
    const exposed = answer.headers['access-control-expose-headers'];
    expect(exposed).toContain('idempotency-replayed');
    expect(exposed).toContain('retry-after');
  });
});
