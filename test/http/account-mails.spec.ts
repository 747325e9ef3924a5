import { randomUUID } from 'node:crypto';
import { mailEmailVerification, mailPasswordReset } from '@slipway/core/accounts/mail-link';
import type { CoreWorld } from '../support/core-world';
import { PASSWORD_OF_TESTS as password } from '../support/core-world';
import { CookieJar } from '../support/cookie-jar';
import { describeHttp } from '../support/describe-http';
import { type Answer, createHttpWorld, type HttpWorld } from '../support/http-world';
import { storageForTests } from '../support/storage-for-tests';

const outcome = ({ status, body }: Answer) => [status, body['code']];
const tokenOf = ({ body }: Answer): string => String(body['access_token']);
const ORIGIN_OF_TESTS = 'http://localhost:3000';

interface ShownMail {
  to: string;
  subject: string;
  text: string;
  sent_at: string;
}

describeHttp(
  'accounts by mail',
  (stage) => {
    const email = () => stage.user.account?.email ?? '';
    const post = (path: string, body: object, token?: string) =>
      stage.http.call('POST', `/api/auth/${path}`, { body, ...(token !== undefined && { token }) });
    const logIn = (secret = password) => post('login', { email: email(), password: secret });
    const shown = async (http: HttpWorld = stage.http) =>
      (await http.call('GET', '/api/auth/mails')).body['data'] as ShownMail[];
    /** What the worker would do; answers the token of the newest link. */
    async function mailed(send: () => Promise<unknown>): Promise<string> {
      await send();
      const [mail] = await shown();
      return /\/([\w-]{43})$/m.exec(mail?.text ?? '')?.[1] ?? '';
    }

    test('a development server shows the mail, whose link is of its own page', async () => {
      await mailPasswordReset(email(), stage.world.deps);
      const [mail] = await shown();
      expect(mail).toMatchObject({ to: email(), subject: 'Choose a new password' });
      expect(mail?.text).toMatch(new RegExp(`^${ORIGIN_OF_TESTS}/#/app/reset/[\\w-]{43}$`, 'm'));
    });

    test('the last fifty mails, and none of the others, are shown', async () => {
      for (let n = 0; n < 55; n += 1) {
        await stage.world.deps.mail.send({ to: `${n}@example.com`, subject: 's', text: 't', html: 'h' });
      }
      const mails = await shown();
      expect(mails.map(({ to }) => to)).toEqual(
        Array.from({ length: 50 }, (_, n) => `${54 - n}@example.com`),
      );
    });

    test('no mail is shown under a name that somebody else has pointed here', async () => {
      const read = (host: string) => stage.http.call('GET', '/api/auth/mails', { headers: { host } });
      expect(outcome(await read('evil.example:3000'))).toEqual([404, 'not_found']);
      expect((await read('127.0.0.1:3000')).status).toBe(200);
    });

    test('no mail is shown where mails are sent', async () => {
      const sending = { ...stage.world.deps.mail, kept: async () => null };
      const world = { ...stage.world, deps: { ...stage.world.deps, mail: sending } } as CoreWorld;
      const http = await createHttpWorld(world);
      expect(outcome(await http.call('GET', '/api/auth/mails'))).toEqual([404, 'not_found']);
      await http.close();
    });

    test('a forgotten password is chosen anew, and ends what was signed in', async () => {
      const before = tokenOf(await logIn());
      expect((await post('password/forgot', { email: email() })).status).toBe(202);
      const token = await mailed(() => mailPasswordReset(email(), stage.world.deps));
      expect((await post('password/reset', { token, new_password: 'another horse' })).status).toBe(204);
      expect(outcome(await post('password/reset', { token, new_password: 'another horse' }))).toEqual([
        410,
        'link_invalid',
      ]);
      expect((await stage.http.call('GET', '/api/auth/me', { token: before })).status).toBe(401);
      expect([(await logIn()).status, (await logIn('another horse')).status]).toEqual([401, 200]);
    });

    test('only the job looks up whether there is an account', async () => {
      await post('password/forgot', { email: email() });
      await post('password/forgot', { email: 'Nobody@example.com' });
      expect(await stage.world.waitingJobs('mail-password-reset')).toEqual(
        expect.arrayContaining([{ email: email() }, { email: 'nobody@example.com' }]),
      );
    });

    test('a password is changed by whoever knows it, and everything else ends', async () => {
      const [here, there] = [new CookieJar(stage.http), new CookieJar(stage.http)];
      const credentials = { body: { email: email(), password } };
      const token = tokenOf(await here.post('/api/auth/login', credentials));
      const other = tokenOf(await there.post('/api/auth/login', credentials));
      const change = (current: string, next: string) =>
        here.post('/api/auth/password', { token, body: { current_password: current, new_password: next } });
      expect(outcome(await change('wrong horse', 'another horse'))).toEqual([401, 'invalid_credentials']);
      const weak = await change(password, 'password1');
      expect([weak.status, weak.body['errors']]).toEqual([
        400,
        [{ field: 'new_password', message: expect.stringContaining('most common') as string }],
      ]);
      const answer = await change(password, 'another horse');
      expect(answer).toMatchObject({ status: 200, body: { user: { email: email() } } });
      const me = async (shownToken: string) =>
        (await stage.http.call('GET', '/api/auth/me', { token: shownToken })).status;
      expect([await me(token), await me(other), await me(tokenOf(answer))]).toEqual([401, 401, 200]);
      expect([(await there.refresh()).status, (await here.refresh()).status]).toEqual([401, 200]);
      expect([(await logIn()).status, (await logIn('another horse')).status]).toEqual([401, 200]);
    });

    test('a sign-up names what is wrong with a password', async () => {
      const body = { email: `${randomUUID()}@example.com`, password: 'Qwerty12345', name: 'Ada' };
      const answer = await post('signup', body);
      expect([answer.status, answer.body['errors']]).toEqual([
        400,
        [{ field: 'password', message: expect.stringContaining('most common') as string }],
      ]);
    });

    test('a name is changed, and nothing else by the same call', async () => {
      const token = tokenOf(await logIn());
      const patch = (body: object) => stage.http.call('PATCH', '/api/auth/me', { token, body });
      expect((await patch({ name: ' Ada Lovelace ' })).body).toMatchObject({
        name: 'Ada Lovelace',
        role: 'user',
      });
      expect(outcome(await patch({ name: 'Ada', role: 'admin' }))).toEqual([400, 'invalid_request']);
      expect((await stage.http.call('GET', '/api/auth/me', { token })).body).toMatchObject({
        name: 'Ada Lovelace',
      });
    });

    describe('where addresses are proven first', () => {
      let http: HttpWorld;

      beforeEach(async () => {
        const settings = { ...stage.world.deps.settings, requireVerifiedEmail: true };
        http = await createHttpWorld({ ...stage.world, deps: { ...stage.world.deps, settings } });
      });

      afterEach(() => http.close());

      test('a sign-up is answered alike for a free and a taken address, and signs nobody in', async () => {
        const signUp = (address: string) =>
          http.call('POST', '/api/auth/signup', { body: { email: address, password, name: 'Ada' } });
        const [free, taken] = [await signUp(`${randomUUID()}@example.com`), await signUp(email())];
        expect([free.status, free.text, taken.status, taken.text]).toEqual([202, '', 202, '']);
        expect([free.headers['set-cookie'], taken.headers['set-cookie']]).toEqual([undefined, undefined]);
        const again = await http.call('POST', '/api/auth/login', { body: { email: email(), password } });
        expect(again.status).toBe(200);
      });

      test('whoever has not is told so everywhere but at their account', async () => {
        const body = { email: email(), password };
        const session = await http.call('POST', '/api/auth/login', { body });
        const token = tokenOf(session);
        expect(session.body).toMatchObject({ user: { email_verified: false } });
        const list = () => http.call('GET', '/api/projects', { token });
        expect(outcome(await list())).toEqual([403, 'email_unverified']);
        expect((await http.call('GET', '/api/auth/me', { token })).status).toBe(200);
        expect((await http.call('POST', '/api/auth/email/verification', { token, body: {} })).status).toBe(
          202,
        );
        expect(await stage.world.waitingJobs('mail-email-verification')).toContainEqual({
          user_id: stage.user.id,
        });
        const link = await mailed(() => mailEmailVerification(stage.user.id, stage.world.deps));
        expect((await post('email/verify', { token: link })).status).toBe(204);
        expect(outcome(await post('email/verify', { token: link }))).toEqual([410, 'link_invalid']);
        expect((await list()).status).toBe(200);
        expect((await http.call('GET', '/api/auth/me', { token })).body).toMatchObject({
          email_verified: true,
        });
      });
    });
  },
  storageForTests().slice(0, 1),
);
