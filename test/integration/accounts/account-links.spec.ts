import { LINK_LIFE_MS, type LinkPurpose, makeLink } from '@slipway/core/accounts/account-links';
import { logIn } from '@slipway/core/accounts/log-in';
import { resetPassword } from '@slipway/core/accounts/reset-password';
import { User } from '@slipway/core/accounts/user.entity';
import { verifyEmail } from '@slipway/core/accounts/verify-email';
import { accountOf } from '@slipway/core/shared/principal';
import { PASSWORD_OF_TESTS } from '../../support/core-world';
import { describeCore } from '../../support/describe-core';
import { storageForTests } from '../../support/storage-for-tests';

const origin = { ip: '192.0.2.7', userAgent: 'test', requestId: null };
const addressBlock = '192.0.2.7';

describeCore(
  'a mailed link',
  (stage) => {
    const deps = () => stage.world.deps;
    const me = () => deps().db.manager.findOneByOrFail(User, { id: accountOf(stage.user) });
    async function link(purpose: LinkPurpose): Promise<string> {
      const made = await makeLink(await me(), purpose, deps());
      expect(made?.url).toMatch(new RegExp(`^http://localhost:3000/#/app/${purpose}/[\\w-]{43}$`));
      return made?.url.split('/').at(-1) ?? '';
    }
    const reset = (token: string, newPassword = 'another horse') =>
      resetPassword(origin, { token, newPassword, addressBlock }, deps());
    const uses: Record<LinkPurpose, (token: string) => Promise<void>> = {
      reset,
      verify: (token) => verifyEmail(origin, token, deps()),
    };
    const setUser = (set: string) =>
      deps().db.query(`update users set ${set} where id = $1`, [accountOf(stage.user)]);
    const invalid = { code: 'link_invalid' };

    describe.each(['reset', 'verify'] as const)('to %s', (purpose) => {
      test('is good once, also for calls at once', async () => {
        const token = await link(purpose);
        const results = await Promise.allSettled([1, 2, 3].map(() => uses[purpose](token)));
        expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
        await expect(uses[purpose](token)).rejects.toMatchObject(invalid);
      });

      test('is over when its time is', async () => {
        const [early, late] = [await link(purpose), await link(purpose)];
        deps().clock.advance(LINK_LIFE_MS[purpose] - 1);
        await uses[purpose](early);
        await setUser('email_verified_at = null');
        const again = await link(purpose);
        deps().clock.advance(1);
        await expect(uses[purpose](late)).rejects.toMatchObject(invalid);
        await uses[purpose](again);
      });

      test('goes with the others when one is used', async () => {
        const [one, other] = [await link(purpose), await link(purpose)];
        await uses[purpose](one);
        await expect(uses[purpose](other)).rejects.toMatchObject(invalid);
      });

      test.each([
        ['has another address', `email = id || '@example.com'`],
        ['is suspended', 'suspended_at = now()'],
        ['is erased', 'erased_at = now()'],
      ])('is void when its account %s', async (_what, set) => {
        const token = await link(purpose);
        await setUser(set);
        await expect(uses[purpose](token)).rejects.toMatchObject(invalid);
      });

      test('is none for the other purpose', async () => {
        const token = await link(purpose === 'reset' ? 'verify' : 'reset');
        await expect(uses[purpose](token)).rejects.toMatchObject(invalid);
      });

      test('cannot be read in the table', async () => {
        const token = await link(purpose);
        const rows = await deps().db.query<{ token_hash: Buffer }[]>('select * from account_tokens');
        expect(rows.some(({ token_hash: hash }) => hash.includes(token))).toBe(false);
        expect(JSON.stringify(rows)).not.toContain(token);
      });
    });

    test('to a new password proves the address, ends every session and is on record', async () => {
      const input = { email: (await me()).email, password: PASSWORD_OF_TESTS, addressBlock };
      await logIn(origin, input, deps());
      await reset(await link('reset'));
      const user = await me();
      expect([user.emailVerifiedAt, user.tokensValidFrom]).toEqual([deps().clock.now(), deps().clock.now()]);
      const sessions = await deps().db.query<object[]>(
        'select ended_because from sessions where user_id = $1',
        [user.id],
      );
      expect(sessions).toEqual([{ ended_because: 'password' }]);
      await expect(logIn(origin, input, deps())).rejects.toMatchObject({ code: 'invalid_credentials' });
      await logIn(origin, { ...input, password: 'another horse' }, deps());
      const events = await deps().db.query<object[]>(
        `select actor_id, result from audit_events where action = 'password_reset' and actor_id = $1`,
        [user.id],
      );
      expect(events).toEqual([{ actor_id: user.id, result: 'success' }]);
    });

    test('is not used up by a password that would be guessed', async () => {
      const token = await link('reset');
      await expect(reset(token, 'password123')).rejects.toMatchObject({
        code: 'invalid_request',
        errors: [{ field: 'new_password' }],
      });
      await reset(token);
    });
  },
  storageForTests().slice(0, 1),
);
