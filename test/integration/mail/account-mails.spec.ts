import { randomUUID } from 'node:crypto';
import { askForReset } from '@slipway/core/accounts/ask-for-reset';
import { resetPassword } from '@slipway/core/accounts/reset-password';
import { signUp } from '@slipway/core/accounts/sign-up';
import { signUpHere } from '@slipway/core/accounts/sign-up-here';
import { verifyEmail } from '@slipway/core/accounts/verify-email';
import type { Deps } from '@slipway/core/shared/deps';
import { accountOf } from '@slipway/core/shared/principal';
import { smtpSender } from '@slipway/platform/mail/smtp-sender';
import { describeCore } from '../../support/describe-core';
import { type MailWorker, startMailWorker } from '../../support/mail-worker';
import { type SmtpServer, startSmtpServer } from '../../support/smtp-server';
import { storageForTests } from '../../support/storage-for-tests';

const origin = { ip: '192.0.2.7', userAgent: 'test', requestId: null };

describeCore(
  'mails of accounts',
  (stage) => {
    let server: SmtpServer;
    let worker: MailWorker;
    let deps: Deps;

    beforeEach(async () => {
      await stage.world.deps.db.query('delete from graphile_worker._private_jobs');
      server = await startSmtpServer();
      const sender = smtpSender({ url: server.url, from: 'no-reply@files.example.com' });
      deps = { ...stage.world.deps, mail: sender };
      worker = await startMailWorker(deps, stage.world.ownerUrl);
    });

    afterEach(async () => {
      await worker.stop();
      await server.stop();
    });

    const email = () => stage.user.account?.email ?? '';
    const tokensFor = (address: string, kind: string): string[] =>
      server.mails
        .filter(({ to }) => to.includes(address))
        .flatMap(({ content }) => {
          const text = content.replaceAll(/=\r\n/g, '');
          return [new RegExp(`/#/app/${kind}/([\\w-]{43})`).exec(text)?.[1] ?? []].flat();
        });
    const reset = (token: string) =>
      resetPassword(origin, { token, newPassword: 'quite another horse', addressBlock: '192.0.2.7' }, deps);

    test('a forgotten password is chosen anew by the mailed link, once', async () => {
      await askForReset(origin, email().toUpperCase(), deps);
      await worker.untilSent();
      const [token = ''] = tokensFor(email(), 'reset');
      await reset(token);
      await expect(reset(token)).rejects.toMatchObject({ code: 'link_invalid' });
      await worker.untilSent();
      expect(server.mails.at(-1)?.content).toContain('Subject: Your password was changed');
    });

    test('nobody else is written to, and the log names no token', async () => {
      await askForReset(origin, `${randomUUID()}@example.com`, deps);
      await askForReset(origin, email(), deps);
      await worker.untilSent();
      expect(server.mails.map(({ to }) => to)).toEqual([[email()]]);
      const [token = ''] = tokensFor(email(), 'reset');
      expect(JSON.stringify(worker.log)).not.toContain(token);
    });

    test('a mail that a server refuses is sent later, and leaves one good link', async () => {
      server.answer = '451 Not now';
      await askForReset(origin, email(), deps);
      while (worker.log.filter(({ msg }) => msg === 'job failed and will be tried again').length < 1) {
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      expect(server.mails).toEqual([]);
      server.answer = '250 Taken';
      await worker.untilSent();
      const tokens = tokensFor(email(), 'reset');
      expect(tokens).toHaveLength(1);
      const kept = await deps.db.query<unknown[]>('select from account_tokens where user_id = $1', [
        accountOf(stage.user),
      ]);
      expect(kept).toHaveLength(1);
      await reset(tokens[0] ?? '');
    });

    test('whoever asks time and again, in whatever way, gets five mails', async () => {
      const proving = { ...deps, settings: { ...deps.settings, requireVerifiedEmail: true } };
      const eve = { email: email(), password: 'correct horse', name: 'Eve' };
      await worker.untilSent();
      server.mails.splice(0);
      for (let time = 0; time < 4; time += 1) {
        await askForReset(origin, email(), deps);
        await signUpHere(origin, eve, proving);
        await worker.untilSent();
      }
      expect(server.mails).toHaveLength(5);
    });

    test('somebody who signs in elsewhere, or is suspended, gets no password by mail', async () => {
      const other = await stage.world.newUser();
      await deps.db.query('update users set password_hash = null where id = $1', [accountOf(stage.user)]);
      await deps.db.query('update users set suspended_at = now() where id = $1', [accountOf(other)]);
      await worker.untilSent();
      server.mails.splice(0);
      await askForReset(origin, email(), deps);
      await askForReset(origin, other.account?.email ?? '', deps);
      await worker.untilSent();
      expect(server.mails).toEqual([]);
    });

    test('an address is proven by the link of the sign-up', async () => {
      const address = `${randomUUID()}@example.com`;
      const user = await signUp(origin, { email: address, password: 'correct horse', name: 'Ada' }, deps);
      await worker.untilSent();
      const [token = ''] = tokensFor(address, 'verify');
      await verifyEmail(origin, token, deps);
      await expect(verifyEmail(origin, token, deps)).rejects.toMatchObject({ code: 'link_invalid' });
      const rows = await deps.db.query<{ proven: boolean }[]>(
        'select email_verified_at is not null as proven from users where id = $1',
        [user.id],
      );
      expect(rows).toEqual([{ proven: true }]);
    });

    test('where addresses are proven first, a taken one is answered like a free one, and its owner told', async () => {
      const proving = { ...deps, settings: { ...deps.settings, requireVerifiedEmail: true } };
      const free = `${randomUUID()}@example.com`;
      const person = { password: 'correct horse', name: 'Eve' };
      const answers = [
        await signUpHere(origin, { ...person, email: email() }, proving),
        await signUpHere(origin, { ...person, email: free }, proving),
      ];
      expect(answers).toEqual([null, null]);
      await worker.untilSent();
      const told = server.mails.map(({ to, content }) => [to[0], /Subject: (.*)/.exec(content)?.[1]?.trim()]);
      expect(told).toEqual(
        expect.arrayContaining([
          [email(), 'You have an account already'],
          [free, 'Confirm your e-mail address'],
        ]),
      );
      expect(told).toHaveLength(2);
    });
  },
  storageForTests().slice(0, 1),
);
