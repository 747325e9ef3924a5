import * as argon2 from '@node-rs/argon2';
import { changePassword } from '@slipway/core/accounts/change-password';
import { logIn } from '@slipway/core/accounts/log-in';
import { resetPassword } from '@slipway/core/accounts/reset-password';
import { makeLink } from '@slipway/core/accounts/account-links';
import { User } from '@slipway/core/accounts/user.entity';
import { accountOf } from '@slipway/core/shared/principal';
import { PASSWORD_OF_TESTS as password } from '../../support/core-world';
import { describeCore } from '../../support/describe-core';
import { storageForTests } from '../../support/storage-for-tests';

// The real ones, counted.
jest.mock('@node-rs/argon2', () => {
  const real = jest.requireActual<typeof argon2>('@node-rs/argon2');
  return { ...real, hash: jest.fn(real.hash), verify: jest.fn(real.verify) };
});

const origin = { ip: '192.0.2.7', userAgent: 'test', requestId: null };
const MINUTE_MS = 60_000;

let blocks = 0;

describeCore(
  'a sign-in',
  (stage) => {
    const deps = () => stage.world.deps;
    const email = () => stage.user.account?.email ?? '';
    let addressBlock = '';
    const enter = (change: Partial<{ email: string; password: string; addressBlock: string }> = {}) =>
      logIn(origin, { email: email(), password, addressBlock, ...change }, deps());
    const codeOf = (change: Parameters<typeof enter>[0]): Promise<string> =>
      enter(change).then(
        () => 'in',
        ({ code }: { code: string }) => code,
      );
    const fail = async (times: number, change: Parameters<typeof enter>[0] = {}) => {
      for (let time = 0; time < times; time += 1) {
        expect(await codeOf({ password: 'wrong horse', ...change })).toBe('invalid_credentials');
      }
    };
    const setUser = (set: string) =>
      deps().db.query(`update users set ${set} where id = $1`, [accountOf(stage.user)]);
    const events = () =>
      deps().db.query<{ action: string; result: string; reason: string | null; actor_kind: string }[]>(
        `select action, result, reason, actor_kind from audit_events
          where action in ('logged_in', 'login_failed') and (actor_id = $1 or details ->> 'user_id' = $1) order by seq`,
        [accountOf(stage.user)],
      );

    beforeEach(() => {
      blocks += 1;
      addressBlock = `a block of its own ${blocks}`;
    });

    describe('does the same work', () => {
      // The first one of a process makes the hash that stands in for those that are missing.
      beforeEach(() => codeOf({ email: 'the-first@example.com' }));

      /** How often argon2 ran, of its two functions. */
      async function hashesOf(act: () => Promise<unknown>): Promise<[number, number]> {
        jest.mocked(argon2.hash).mockClear();
        jest.mocked(argon2.verify).mockClear();
        await act().catch(() => undefined);
        return [jest.mocked(argon2.hash).mock.calls.length, jest.mocked(argon2.verify).mock.calls.length];
      }
      const parametersOf = () =>
        jest.mocked(argon2.verify).mock.calls.map(([hashed]) => argon2.parseOptions(hashed));

      test.each([
        ['the right password', async () => ({})],
        ['a wrong one', async () => ({ password: 'wrong horse' })],
        ['an unknown address', async () => ({ email: 'nobody@example.com' })],
        ['an account without a password', async () => void (await setUser('password_hash = null'))],
        ['a suspended account', async () => void (await setUser('suspended_at = now()'))],
      ])('for %s', async (_what, prepare) => {
        const change = (await prepare()) ?? {};
        expect(await hashesOf(() => enter(change))).toEqual([0, 1]);
        const { memoryKib, passes } = deps().settings.accounts.passwords;
        expect(parametersOf()).toEqual([
          expect.objectContaining({ algorithm: 2, memoryCost: memoryKib, timeCost: passes, parallelism: 1 }),
        ]);
      });

      test('and none for somebody who waits', async () => {
        await fail(5);
        expect(await hashesOf(() => enter())).toEqual([0, 0]);
      });
    });

    test('tells of a suspension only whoever knows the password', async () => {
      await setUser('suspended_at = now()');
      expect([await codeOf({ password: 'wrong horse' }), await codeOf({})]).toEqual([
        'invalid_credentials',
        'account_suspended',
      ]);
    });

    test('is on record, with its reason and without what was typed', async () => {
      await fail(1);
      await enter();
      await setUser('suspended_at = now()');
      await codeOf({});
      expect(await events()).toEqual([
        { action: 'login_failed', result: 'refused', reason: 'invalid_credentials', actor_kind: 'visitor' },
        { action: 'logged_in', result: 'success', reason: null, actor_kind: 'user' },
        { action: 'login_failed', result: 'refused', reason: 'account_suspended', actor_kind: 'visitor' },
      ]);
      await codeOf({ email: 'a-password-in-the-wrong-field@example.com' });
      const rows = await deps().db.query<unknown[]>('select * from audit_events');
      expect(JSON.stringify(rows)).not.toMatch(/wrong horse|correct horse|a-password-in-the-wrong-field/);
    });

    test('takes a password however it is composed', async () => {
      const newPassword = 'Ång\u00E9strom caf\u00E9';
      const input = { currentPassword: password, newPassword, addressBlock };
      await changePassword(stage.user, input, deps());
      expect(await codeOf({ password: newPassword.normalize('NFD') })).toBe('in');
    });

    test('makes a hash of other parameters anew, once', async () => {
      const { passwords } = deps().settings.accounts;
      const stronger = {
        ...deps(),
        settings: {
          ...deps().settings,
          accounts: { ...deps().settings.accounts, passwords: { ...passwords, passes: 2 } },
        },
      };
      const hashOf = async () =>
        (await deps().db.manager.findOneByOrFail(User, { id: accountOf(stage.user) })).passwordHash ?? '';
      const before = await hashOf();
      await logIn(origin, { email: email(), password, addressBlock }, stronger);
      const after = await hashOf();
      expect(argon2.parseOptions(after)).toMatchObject({ timeCost: 2 });
      expect(after).not.toBe(before);
      await logIn(origin, { email: email(), password, addressBlock }, stronger);
      expect(await hashOf()).toBe(after);
    });

    test('does not outlive a change of the password that came while it was looked at', async () => {
      const change = changePassword(
        stage.user,
        { currentPassword: password, newPassword: 'another horse', addressBlock: 'elsewhere' },
        deps(),
      );
      const results = await Promise.allSettled([change, ...Array.from({ length: 4 }, () => enter())]);
      expect(results[0]?.status).toBe('fulfilled');
      const alive = await deps().db.query<{ id: string }[]>(
        'select id from sessions where user_id = $1 and ended_at is null',
        [accountOf(stage.user)],
      );
      expect(alive).toEqual([{ id: (await change).session.id }]);
    });

    describe('that fails', () => {
      test('five times is waited for, longer each time, and let in then', async () => {
        await fail(5);
        await expect(enter()).rejects.toMatchObject({ code: 'too_many_attempts', retryAfter: 30 });
        deps().clock.advance(30_000);
        await fail(1);
        await expect(enter()).rejects.toMatchObject({ retryAfter: 60 });
        deps().clock.advance(60_000);
        expect(await codeOf({})).toBe('in');
        await fail(5);
      });

      test('is counted alike for an address without an account', async () => {
        const nobody = { email: `nobody-${blocks}@example.com` };
        await fail(5, nobody);
        await expect(enter(nobody)).rejects.toMatchObject({ code: 'too_many_attempts', retryAfter: 30 });
      });

      test('is counted whatever the letters of the address', async () => {
        await fail(3);
        await fail(2, { email: email().toUpperCase() });
        expect(await codeOf({})).toBe('too_many_attempts');
      });

      test('of thirty at once, five are looked at', async () => {
        const codes = await Promise.all(
          Array.from({ length: 30 }, () => codeOf({ password: 'wrong horse' })),
        );
        expect(codes.filter((code) => code === 'invalid_credentials')).toHaveLength(5);
        expect(codes.filter((code) => code === 'too_many_attempts')).toHaveLength(25);
      });

      test('leaves alone whoever comes from elsewhere', async () => {
        await fail(5);
        expect(await codeOf({ addressBlock: `another ${blocks}` })).toBe('in');
        expect(await codeOf({})).toBe('too_many_attempts');
      });

      test('from everywhere makes strangers wait, and never those who were there before', async () => {
        await enter({ addressBlock: `home ${blocks}` });
        for (let at = 0; at < 20; at += 1) await fail(5, { addressBlock: `of many ${blocks} ${at}` });
        const stranger = { addressBlock: `of many ${blocks} 99` };
        expect(await codeOf(stranger)).toBe('too_many_attempts');
        expect(await codeOf({ addressBlock: `home ${blocks}` })).toBe('in');
        expect(await codeOf(stranger)).toBe('too_many_attempts');
        deps().clock.advance(15 * MINUTE_MS);
        expect(await codeOf(stranger)).toBe('in');
      });

      test('for many accounts makes their block wait', async () => {
        for (let at = 0; at < 100; at += 1) await fail(1, { email: `many-${blocks}-${at}@example.com` });
        expect(await codeOf({})).toBe('too_many_attempts');
        expect(await codeOf({ addressBlock: `another ${blocks}` })).toBe('in');
      });

      test('is forgotten by a new password that was mailed', async () => {
        await fail(5);
        const user = await deps().db.manager.findOneByOrFail(User, { id: accountOf(stage.user) });
        const link = await makeLink(user, 'reset', deps());
        const token = link?.url.split('/').at(-1) ?? '';
        await resetPassword(origin, { token, newPassword: 'another horse', addressBlock }, deps());
        expect(await codeOf({ password: 'another horse' })).toBe('in');
      });

      test('counts at a change of the password too', async () => {
        const change = (currentPassword: string) =>
          changePassword(stage.user, { currentPassword, newPassword: 'another horse', addressBlock }, deps());
        for (let time = 0; time < 5; time += 1) {
          await expect(change('wrong horse')).rejects.toMatchObject({ code: 'invalid_credentials' });
        }
        await expect(change(password)).rejects.toMatchObject({ code: 'too_many_attempts' });
      });

      test('holds no address in its rows', async () => {
        await fail(1);
        const [row] = await deps().db.query<object[]>(
          `select string_agg(l::text, '') as all from login_attempts l`,
        );
        expect(JSON.stringify(row)).not.toContain(email());
      });
    });
  },
  storageForTests().slice(0, 1),
);
