import { statementsOf } from '../../support/count-statements';
import { describeHttp } from '../../support/describe-http';
import type { Answer } from '../../support/http-world';
import { storageForTests } from '../../support/storage-for-tests';
import { expectRefusal } from './refusal';

const PASSWORD = 'correct horse';

const cookieOf = ({ headers }: Answer): string =>
  String([headers['set-cookie']].flat()[0]).split(';', 1)[0] ?? '';

const FOREIGN_ORIGINS: Record<string, Record<string, string>> = {
  'another origin': { origin: 'https://evil.example' },
  'a sandboxed frame': { origin: 'null' },
  'an origin that begins like ours': { origin: 'http://localhost:3000.evil.example' },
  'another port of ours': { origin: 'http://localhost:3001' },
  'another site, as the browser says, without an origin': { 'sec-fetch-site': 'cross-site' },
};

const FALSE_COOKIES = [
  'slipway_refresh=',
  'slipway_refresh=AAAA',
  `slipway_refresh=${'A'.repeat(43)}`,
  `slipway_refresh=${'A'.repeat(5_000)}`,
  "slipway_refresh=' or '1'='1",
  'slipway_refresh=%00',
  'slipway_refresh=a; slipway_refresh=b',
];

describeHttp(
  'a session that is attacked',
  (stage) => {
    const email = () => String(stage.user.account?.email);
    const post = (path: string, body: object, headers: Record<string, string> = {}) =>
      stage.http.call('POST', `/api/auth/${path}`, { body, headers });
    const logIn = () => post('login', { email: email(), password: PASSWORD });
    const refresh = (cookie: string, headers: Record<string, string> = {}) =>
      post('refresh', {}, { cookie, ...headers });

    test('by its refresh token after that was spent ends for thief and owner', async () => {
      const first = cookieOf(await logIn());
      const second = cookieOf(await refresh(first));
      expect(second).not.toBe(first);
      expectRefusal(await refresh(first), 401, 'refresh_reused');
      expect((await refresh(second)).status).toBe(401);
    });

    test('by ten refreshes of one token at once ends, or one of them has the only successor', async () => {
      const stolen = cookieOf(await logIn());
      const answers = await Promise.all(Array.from({ length: 10 }, () => refresh(stolen)));
      const given = answers.filter(({ status }) => status === 200);
      expect(given.length).toBeLessThanOrEqual(1);
      for (const { status } of answers) expect([200, 401]).toContain(status);
      for (const one of given) expect((await refresh(cookieOf(one))).status).toBe(401);
    });

    test('in one device leaves the others alone', async () => {
      const [stolen, other] = [cookieOf(await logIn()), cookieOf(await logIn())];
      await refresh(stolen);
      expectRefusal(await refresh(stolen), 401, 'refresh_reused');
      expect((await refresh(other)).status).toBe(200);
    });

    test.each(FALSE_COOKIES)('by the cookie %.60s is not renewed', async (cookie) => {
      expectRefusal(await refresh(cookie), 401, 'unauthenticated');
    });

    test.each(Object.entries(FOREIGN_ORIGINS))('from %s is neither renewed nor ended', async (_, headers) => {
      const cookie = cookieOf(await logIn());
      expectRefusal(await refresh(cookie, headers), 403, 'origin_refused');
      expectRefusal(await post('logout', {}, { cookie, ...headers }), 403, 'origin_refused');
      expect((await refresh(cookie)).status).toBe(200);
    });

    test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
      'by a form of %s, which a browser sends without asking, is not ended',
      async (type) => {
        const cookie = cookieOf(await logIn());
        const answer = await stage.http.call('POST', '/api/auth/logout', {
          body: '{"everywhere":true}',
          headers: { cookie, 'content-type': type },
        });
        expectRefusal(answer, 415, 'invalid_request');
        expect((await refresh(cookie)).status).toBe(200);
      },
    );

    test('by a link is not ended: nothing that has an effect is a GET', async () => {
      const cookie = cookieOf(await logIn());
      for (const path of ['refresh', 'logout']) {
        const answer = await stage.http.call('GET', `/api/auth/${path}`, { headers: { cookie } });
        expectRefusal(answer, 404, 'not_found');
      }
      expect((await refresh(cookie)).status).toBe(200);
    });

    test('is kept from scripts, from other sites and from every route but its own', async () => {
      const [cookie] = [(await logIn()).headers['set-cookie']].flat().map(String);
      expect(cookie).toMatch(/; HttpOnly/i);
      expect(cookie).toMatch(/; SameSite=Strict/i);
      expect(cookie).toMatch(/; Path=\/api\/auth(;|$)/i);
    });

    test('ends everywhere at once, tokens that still live too', async () => {
      const { body, headers } = await logIn();
      const token = String(body['access_token']);
      const cookie = cookieOf({ headers } as Answer);
      expect((await post('logout', { everywhere: true }, { cookie })).status).toBe(204);
      const me = await stage.http.call('GET', '/api/auth/me', { token });
      expectRefusal(me, 401, 'unauthenticated');
    });
  },
  storageForTests().slice(0, 1),
);

describeHttp(
  'a password that is guessed',
  (stage) => {
    const logIn = (email: string, password: string) =>
      stage.http.call('POST', '/api/auth/login', { body: { email, password } });
    const told = ({ status, text }: Answer) => ({ status, text: text.replace(/"request_id":"[^"]*"/, '') });

    async function attempt(email: string): Promise<{ answer: Answer; statements: string[] }> {
      let answer: Answer | undefined;
      const statements = await statementsOf(stage.world.deps.db, async () => {
        answer = await logIn(email, 'not the password');
      });
      return { answer: answer as Answer, statements };
    }

    test('is answered, and looked for, alike for an account that is there and one that is not', async () => {
      const known = await attempt(String(stage.user.account?.email));
      const unknown = await attempt('nobody-at-all@example.com');
      expectRefusal(known.answer, 401, 'invalid_credentials');
      expect(told(known.answer)).toEqual(told(unknown.answer));
      expect(known.statements).toEqual(unknown.statements);
    });

    test.each([true, false])(
      'is locked out after a few tries, of an account that is there: %p',
      async (isThere) => {
        const email = isThere ? String(stage.user.account?.email) : `nobody-${Date.now()}@example.com`;
        const answers: Answer[] = [];
        for (let time = 0; time < 12; time += 1) answers.push(await logIn(email, `guess number ${time}`));
        for (const first of answers.slice(0, 3)) expectRefusal(first, 401, 'invalid_credentials');
        const last = answers.at(-1) as Answer;
        expectRefusal(last, 429, 'too_many_attempts');
        expect(Number(last.headers['retry-after'])).toBeGreaterThan(0);
      },
    );

    test('is asked to be forgotten with one answer, for whoever asks', async () => {
      const forgot = (email: string) =>
        stage.http.call('POST', '/api/auth/password/forgot', { body: { email } });
      const known = await forgot(String(stage.user.account?.email));
      const unknown = await forgot('nobody-at-all@example.com');
      expect(told(known)).toEqual(told(unknown));
      expect(known.status).toBe(202);
    });

    test.each(['', 'x', 'A'.repeat(43), "' or 1=1 --", 'A'.repeat(10_000)])(
      'is not replaced by the token %.30j',
      async (token) => {
        const body = { token, new_password: 'another long password' };
        const answer = await stage.http.call('POST', '/api/auth/password/reset', { body });
        expect([400, 410]).toContain(answer.status);
        expectRefusal(answer, answer.status, answer.status === 410 ? 'link_invalid' : 'invalid_request');
      },
    );
  },
  storageForTests().slice(0, 1),
);
