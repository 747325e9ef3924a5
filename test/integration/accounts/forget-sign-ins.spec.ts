import { makeLink } from '@slipway/core/accounts/account-links';
import { forgetSignIns } from '@slipway/core/accounts/forget-sign-ins';
import { logIn } from '@slipway/core/accounts/log-in';
import { refreshSession } from '@slipway/core/accounts/refresh-session';
import { User } from '@slipway/core/accounts/user.entity';
import { accountOf } from '@slipway/core/shared/principal';
import { PASSWORD_OF_TESTS as password } from '../../support/core-world';
import { describeCore } from '../../support/describe-core';
import { storageForTests } from '../../support/storage-for-tests';

const origin = { ip: '192.0.2.7', userAgent: 'test', requestId: null };
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

describeCore(
  'the job that forgets sign-ins',
  (stage) => {
    const deps = () => stage.world.deps;
    const NOTHING = { sessions: 0, spent_refresh_tokens: 0, account_tokens: 0, login_attempts: 0 };

    beforeEach(async () => {
      for (const table of Object.keys(NOTHING)) await deps().db.query(`delete from ${table}`);
    });

    test('takes each kind when it is past its time, and nothing before', async () => {
      const input = { email: stage.user.account?.email ?? '', password, addressBlock: 'here' };
      const { session } = await logIn(origin, input, deps());
      await makeLink(
        await deps().db.manager.findOneByOrFail(User, { id: accountOf(stage.user) }),
        'reset',
        deps(),
      );
      await logIn(origin, { ...input, email: 'nobody@example.com' }, deps()).catch(() => undefined);
      deps().clock.advance(15 * MINUTE_MS);
      expect(await forgetSignIns(deps())).toEqual(NOTHING);
      deps().clock.advance(HOUR_MS);
      // The address that failed, the one that did not, the block; the pair that succeeded stays.
      expect(await forgetSignIns(deps())).toEqual({ ...NOTHING, account_tokens: 1, login_attempts: 4 });
      await refreshSession(origin, session.refreshToken, deps());
      deps().clock.advance(29 * DAY_MS);
      expect(await forgetSignIns(deps())).toEqual(NOTHING);
      deps().clock.advance(DAY_MS);
      expect(await forgetSignIns(deps())).toEqual({ ...NOTHING, sessions: 1 });
      expect(await deps().db.query<unknown[]>('select from spent_refresh_tokens')).toEqual([]);
    });

    test('a session in use keeps the tokens it spent only as long as they could have been of use', async () => {
      const input = { email: stage.user.account?.email ?? '', password, addressBlock: 'here' };
      let { session } = await logIn(origin, input, deps());
      for (let week = 0; week < 3; week += 1) {
        deps().clock.advance(20 * DAY_MS);
        ({ session } = await refreshSession(origin, session.refreshToken, deps()));
      }
      expect(await forgetSignIns(deps())).toMatchObject({ sessions: 0, spent_refresh_tokens: 1 });
    });

    test('takes more than a batch in one go', async () => {
      await deps().db.query(
        `insert into login_attempts (subject, expires_at)
         select sha256(n::text::bytea), now() - interval '1 day' from generate_series(1, 2500) as n`,
      );
      expect(await forgetSignIns(deps())).toMatchObject({ login_attempts: 2500 });
    });
  },
  storageForTests().slice(0, 1),
);
