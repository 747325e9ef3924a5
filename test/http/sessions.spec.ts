import type { Answer } from '../support/http-world';
import { CookieJar } from '../support/cookie-jar';
import { describeHttp } from '../support/describe-http';
import { createHttpWorld, TOKEN_SECONDS_OF_TESTS } from '../support/http-world';
import { PASSWORD_OF_TESTS as password } from '../support/core-world';
import { storageForTests } from '../support/storage-for-tests';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

const outcome = ({ status, body }: Answer) => [status, body['code']];
const tokenOf = ({ body }: Answer): string => String(body['access_token']);

describeHttp(
  'sessions',
  (stage) => {
    const email = () => stage.user.account?.email ?? '';
    /** One more device of the same person, signed in. */
    async function device(userAgent = 'a browser') {
      const jar = new CookieJar(stage.http);
      const body = { email: email(), password };
      const answer = await jar.post('/api/auth/login', { body, headers: { 'user-agent': userAgent } });
      return { jar, answer, token: tokenOf(answer) };
    }
    const me = async (token: string) => (await stage.http.call('GET', '/api/auth/me', { token })).status;
    const events = (action: string) =>
      stage.world.deps.db.query<
        { result: string; reason: string | null; details: Record<string, unknown> }[]
      >(
        'select result, reason, details from audit_events where action = $1 and (actor_id = $2 or details ->> $3 = $2)',
        [action, stage.user.id, 'user_id'],
      );

    test('the cookie is for no script and for no other route', async () => {
      const { answer } = await device();
      expect(String(answer.headers['set-cookie'])).toMatch(
        /^slipway_refresh=[\w-]{43}; Max-Age=2592000; Path=\/api\/auth; HttpOnly; SameSite=Strict$/,
      );
      expect(answer.headers['cache-control']).toBe('no-store');
    });

    test('over https its name and its flag keep it there', async () => {
      const http = await createHttpWorld(stage.world, { publicUrl: 'https://files.example.com' });
      const answer = await http.call('POST', '/api/auth/login', { body: { email: email(), password } });
      expect(String(answer.headers['set-cookie'])).toMatch(
        /^__Secure-slipway_refresh=.*; HttpOnly; Secure; SameSite=Strict$/,
      );
      await http.close();
    });

    test('what is kept of it opens nothing', async () => {
      const { jar } = await device();
      const rows = await stage.world.deps.db.query<object[]>('select * from sessions');
      expect(JSON.stringify(rows)).not.toContain(jar.cookie?.split('=')[1]);
    });

    test('a refresh gives the next token of both kinds', async () => {
      const { jar, token } = await device();
      const before = jar.cookie;
      stage.world.deps.clock.advance(MINUTE_MS);
      const answer = await jar.refresh();
      expect(answer).toMatchObject({
        status: 200,
        body: { user: { email: email() }, expires_in: TOKEN_SECONDS_OF_TESTS },
      });
      expect(jar.cookie).not.toBe(before);
      expect(tokenOf(answer)).not.toBe(token);
      expect([await me(tokenOf(answer)), await me(token)]).toEqual([200, 200]);
    });

    test('a token that was spent ends the session, and with it all that was bought since', async () => {
      const { jar, token } = await device();
      const other = await device();
      const spent = jar.cookie;
      await jar.refresh();
      const thief = new CookieJar(stage.http);
      thief.cookie = spent;
      const answer = await thief.refresh();
      expect(outcome(answer)).toEqual([401, 'refresh_reused']);
      expect(String(answer.headers['set-cookie'])).toMatch(/^slipway_refresh=; Max-Age=0/);
      expect(await me(token)).toBe(401);
      expect(outcome(await jar.refresh())).toEqual([401, 'refresh_reused']);
      expect([await me(other.token), (await other.jar.refresh()).status]).toEqual([200, 200]);
      expect(await events('refresh_reused')).toEqual([
        expect.objectContaining({ result: 'refused', reason: 'refresh_reused' }),
      ]);
    });

    test('of two refreshes at once with one token one wins, and the session ends', async () => {
      const { jar } = await device();
      const twin = new CookieJar(stage.http);
      twin.cookie = jar.cookie;
      const answers = await Promise.all([jar.refresh(), twin.refresh()]);
      expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 401]);
      const won = answers.find(({ status }) => status === 200) as Answer;
      expect(await me(tokenOf(won))).toBe(401);
      expect(await events('refresh_reused')).toHaveLength(1);
    });

    test.each([
      ['without a cookie', null],
      ['with an invented one', `slipway_refresh=${'A'.repeat(43)}`],
      ['with an empty one', 'slipway_refresh='],
      ['with another', 'theme=dark'],
    ])('a refresh %s is no reuse', async (_what, cookie) => {
      const jar = new CookieJar(stage.http);
      jar.cookie = cookie;
      expect(outcome(await jar.refresh())).toEqual([401, 'unauthenticated']);
    });

    test('a device that was silent for long is signed out, one that was not stays', async () => {
      const [silent, used] = [await device(), await device()];
      stage.world.deps.clock.advance(20 * DAY_MS);
      await used.jar.refresh();
      stage.world.deps.clock.advance(10 * DAY_MS);
      expect(outcome(await silent.jar.refresh())).toEqual([401, 'unauthenticated']);
      expect((await used.jar.refresh()).status).toBe(200);
    });

    test('somebody who is suspended gets no further', async () => {
      const { jar, token } = await device();
      await stage.world.deps.db.query('update users set suspended_at = now() where id = $1', [stage.user.id]);
      expect(outcome(await jar.refresh())).toEqual([401, 'unauthenticated']);
      expect(await me(token)).toBe(401);
    });

    test('a sign-out ends this device at once, and no other', async () => {
      const [here, there] = [await device(), await device()];
      const answer = await here.jar.post('/api/auth/logout');
      expect([answer.status, here.jar.cookie]).toEqual([204, null]);
      expect([await me(here.token), await me(there.token)]).toEqual([401, 200]);
      expect((await there.jar.refresh()).status).toBe(200);
      expect(await events('logged_out')).toMatchObject([{ details: { sessions: 1 } }]);
    });

    test('a token that was signed out is refused as such, not as a copy', async () => {
      const { jar } = await device();
      const cookie = jar.cookie;
      await jar.post('/api/auth/logout');
      jar.cookie = cookie;
      expect(outcome(await jar.refresh())).toEqual([401, 'unauthenticated']);
      expect(await events('refresh_reused')).toEqual([]);
    });

    test('a sign-out everywhere ends what came before and not what comes after, within one second', async () => {
      const [here, there] = [await device(), await device()];
      await here.jar.post('/api/auth/logout', { body: { everywhere: true } });
      const after = await device();
      expect([await me(here.token), await me(there.token), await me(after.token)]).toEqual([401, 401, 200]);
      expect((await there.jar.refresh()).status).toBe(401);
    });

    test('a copy that was spent ends its own session and nothing else, however much it asks for', async () => {
      const [here, there] = [await device(), await device()];
      const spent = here.jar.cookie;
      await here.jar.refresh();
      const thief = new CookieJar(stage.http);
      thief.cookie = spent;
      expect((await thief.post('/api/auth/logout', { body: { everywhere: true } })).status).toBe(204);
      expect([await me(here.token), await me(there.token)]).toEqual([401, 200]);
      expect(await events('refresh_reused')).toHaveLength(1);
    });

    test.each([null, 'slipway_refresh=invented'])(
      'whoever has no session is signed out (%j)',
      async (cookie) => {
        const jar = new CookieJar(stage.http);
        jar.cookie = cookie;
        expect((await jar.post('/api/auth/logout')).status).toBe(204);
      },
    );

    test('devices are listed, the last used first, and ended', async () => {
      const [phone, desk] = [await device('a phone'), await device('a desk')];
      stage.world.deps.clock.advance(MINUTE_MS);
      await phone.jar.post('/api/auth/refresh', { headers: { 'user-agent': 'a newer phone' } });
      const list = async () =>
        (await stage.http.call('GET', '/api/auth/sessions', { token: desk.token })).body['data'] as {
          id: string;
          user_agent: string;
          current: boolean;
        }[];
      const listed = await list();
      expect(listed.map(({ user_agent: agent, current }) => [agent, current])).toEqual([
        ['a newer phone', false],
        ['a desk', true],
      ]);
      expect(Object.keys(listed[0] ?? {}).sort()).toEqual(
        ['id', 'user_agent', 'ip', 'created_at', 'last_used_at', 'current'].sort(),
      );
      const end = (token: string) =>
        stage.http.call('DELETE', `/api/auth/sessions/${listed[0]?.id}`, { token });
      expect(outcome(await end(stage.token))).toEqual([404, 'not_found']);
      expect((await end(desk.token)).status).toBe(204);
      expect(outcome(await end(desk.token))).toEqual([404, 'not_found']);
      expect([await me(phone.token), (await phone.jar.refresh()).status]).toEqual([401, 401]);
      expect(await list()).toHaveLength(1);
      expect(await events('session_ended')).toHaveLength(1);
    });

    describe('pages of other origins', () => {
      const paths = ['/api/auth/refresh', '/api/auth/logout', '/api/auth/login', '/api/auth/signup'];

      test.each(paths)('cannot use %s', async (path) => {
        const { jar } = await device();
        const before = jar.cookie;
        const foreign: Record<string, string>[] = [
          { origin: 'https://evil.example' },
          { 'sec-fetch-site': 'same-site' },
        ];
        for (const headers of foreign) {
          const answer = await jar.post(path, { headers });
          expect(outcome(answer)).toEqual([403, 'origin_refused']);
        }
        expect(jar.cookie).toBe(before);
        expect((await jar.refresh()).status).toBe(200);
      });

      test.each(['http://localhost:3000', 'https://app.example.com'])('%s is none', async (origin) => {
        const { jar } = await device();
        expect((await jar.post('/api/auth/refresh', { headers: { origin } })).status).toBe(200);
      });

      test('and nobody without JSON', async () => {
        const { jar } = await device();
        const answer = await jar.post('/api/auth/refresh', { body: undefined });
        expect(outcome(answer)).toEqual([400, 'invalid_request']);
        expect((await jar.refresh()).status).toBe(200);
      });
    });

    describe('with an Idempotency-Key', () => {
      const key = { 'idempotency-key': 'a-key-of-a-refresh' };

      test('a repeat has the first answer and its cookie, and counts as no reuse', async () => {
        const { jar } = await device();
        const before = jar.cookie;
        const first = await jar.post('/api/auth/refresh', { headers: key });
        const next = jar.cookie;
        jar.cookie = before;
        const repeat = await jar.post('/api/auth/refresh', { headers: key });
        expect([repeat.headers['idempotency-replayed'], repeat.text, jar.cookie]).toEqual([
          'true',
          first.text,
          next,
        ]);
        expect((await jar.refresh()).status).toBe(200);
      });

      test('nobody is given the answer of another', async () => {
        const [one, other] = [await device(), await device()];
        const headers = { 'idempotency-key': 'a-key-that-two-share' };
        expect((await one.jar.post('/api/auth/refresh', { headers })).status).toBe(200);
        expect(outcome(await other.jar.post('/api/auth/refresh', { headers }))).toEqual([
          422,
          'idempotency_key_reused',
        ]);
        expect(outcome(await new CookieJar(stage.http).post('/api/auth/refresh', { headers }))).toEqual([
          422,
          'idempotency_key_reused',
        ]);
      });
    });
  },
  storageForTests().slice(0, 1),
);
