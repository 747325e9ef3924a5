import { openSession } from '@slipway/core/accounts/open-session';
import { readAccount } from '@slipway/core/accounts/read-account';
import { appoint, listAdministrators } from '@slipway/core/admin/appoint';
import { readUser } from '@slipway/core/admin/read-user';
import { updateUser, type UserChange } from '@slipway/core/admin/update-user';
import { accountOf, type Principal, systemPrincipal } from '@slipway/core/shared/principal';
import { eventsAbout, newAdmin } from '../../support/admin-steps';
import { describeCore } from '../../support/describe-core';
import { emailOf } from '../../support/member-steps';
import { embeddedStorage } from '../../support/object-stores';
import { announce, MB, setTier } from '../../support/quota-steps';

describeCore(
  'an administrator',
  (stage) => {
    let admin: Principal;

    beforeEach(async () => {
      admin = await newAdmin(stage.world);
    });

    afterEach(() => stage.world.deps.db.query(`update users set role = 'user'`));

    const change = (what: UserChange, who = stage.user, by = admin) =>
      updateUser(by, { userId: accountOf(who), change: what }, stage.world.deps);
    const reserve = (fileSize: number) =>
      announce(stage.world, stage.user, { projectId: stage.project.id, fileSize });
    const tier = async () => (await readUser(stage.world.deps.db, accountOf(stage.user))).tier;

    test('sees what an account uses in all projects that it pays for', async () => {
      await reserve(MB);
      const other = await stage.world.newProject(stage.user);
      await announce(stage.world, stage.user, { projectId: other.id, fileSize: MB });
      expect(await readUser(stage.world.deps.db, accountOf(stage.user))).toEqual({
        id: accountOf(stage.user),
        email: emailOf(stage.user),
        name: 'Test',
        role: 'user',
        tier: 'free',
        maxBytes: null,
        emailVerified: false,
        suspendedAt: null,
        createdAt: expect.any(Date),
        usage: { bytes: 0, reservedBytes: 2 * MB, files: 0, reservedFiles: 2 },
      });
      await expect(readUser(stage.world.deps.db, 'USR-NOBODY')).rejects.toMatchObject({ code: 'not_found' });
    });

    test('assigns a tier, which holds from the next upload on, and is on record', async () => {
      const rich = await stage.world.newUser();
      await setTier(stage.world, rich, { maxBytes: 10 });
      const { tier: small } = await readUser(stage.world.deps.db, accountOf(rich));
      await change({ tier: small });
      await expect(reserve(11)).rejects.toMatchObject({ code: 'quota_exceeded', facts: { limit: 10 } });
      await change({ tier: 'free' });
      await reserve(11);
      const user_id = accountOf(stage.user);
      expect(await eventsAbout(stage.world, user_id)).toMatchObject([
        {
          action: 'tier_assigned',
          actor_id: admin.id,
          details: { user_id, tier: small, from_tier: 'free', max_bytes: null },
        },
        { action: 'tier_assigned', details: { user_id, tier: 'free', from_tier: small } },
      ]);
    });

    test('gives an account a limit of its own, over or under its tier’s, and takes it back', async () => {
      await change({ maxBytes: 10 });
      await expect(reserve(11)).rejects.toMatchObject({ facts: { scope: 'user', kind: 'bytes', limit: 10 } });
      await setTier(stage.world, stage.user, { maxBytes: 1 });
      await reserve(10);
      expect(await change({ maxBytes: null })).toMatchObject({ maxBytes: null });
      await expect(reserve(1)).rejects.toMatchObject({ facts: { limit: 1 } });
    });

    test('assigns no tier that is none', async () => {
      await expect(change({ tier: 'gold' })).rejects.toMatchObject({
        code: 'invalid_request',
        errors: [{ field: 'tier' }],
      });
      expect(await tier()).toBe('free');
    });

    test('suspends: sessions and tokens end at once, and none of them comes back with the account', async () => {
      const { deps } = stage.world;
      const userId = accountOf(stage.user);
      const issuedAt = Math.floor(deps.clock.now().getTime() / 1000);
      const at = deps.clock.now();
      const session = await openSession(deps.db.manager, { userId, origin: stage.user, at }, deps);
      deps.clock.advance(2000);
      const suspended = await change({ suspended: true });
      expect(suspended.suspendedAt).toEqual(deps.clock.now());
      expect(await readAccount({ userId, issuedAt }, deps)).toBeNull();
      const [row] = await deps.db.query<{ ended_because: string }[]>(
        'select ended_because from sessions where id = $1',
        [session.id],
      );
      expect(row?.ended_because).toBe('suspended');
      await change({ suspended: false });
      expect(await readAccount({ userId, issuedAt }, deps)).toBeNull();
      expect(await readAccount({ userId, issuedAt: issuedAt + 3 }, deps)).toMatchObject({
        id: userId,
      });
      expect((await eventsAbout(stage.world, userId)).map(({ action }) => action)).toEqual([
        'user_suspended',
        'user_unsuspended',
      ]);
    });

    test('suspended twice is suspended since the first time', async () => {
      const first = await change({ suspended: true });
      stage.world.deps.clock.advance(1000);
      expect((await change({ suspended: true })).suspendedAt).toEqual(first.suspendedAt);
      expect(await eventsAbout(stage.world, accountOf(stage.user))).toHaveLength(1);
    });

    test('makes another one, who may unmake the first, each on record', async () => {
      expect(await change({ role: 'admin' })).toMatchObject({ role: 'admin' });
      expect(await change({ role: 'user' }, admin, stage.user)).toMatchObject({ role: 'user' });
      expect(await eventsAbout(stage.world, accountOf(admin))).toMatchObject([
        {
          action: 'user_role_changed',
          actor_id: stage.user.id,
          details: { role: 'user', from_role: 'admin' },
        },
      ]);
    });

    test.each<[string, UserChange]>([
      ['suspends', { suspended: true }],
      ['demotes', { role: 'user' }],
    ])('never %s themself, nor the last one', async (_, what) => {
      const forbidden = { code: 'forbidden' };
      await expect(change(what, admin)).rejects.toMatchObject(forbidden);
      await newAdmin(stage.world);
      await expect(change(what, admin)).rejects.toMatchObject(forbidden);
      await stage.world.deps.db.query(`update users set role = 'user' where id <> $1`, [accountOf(admin)]);
      await expect(change(what, admin, systemPrincipal())).rejects.toMatchObject({ code: 'last_owner' });
    });

    test('a suspended administrator does not count as one who remains', async () => {
      const other = await newAdmin(stage.world);
      await change({ suspended: true }, other);
      await expect(change({ role: 'user' }, admin, systemPrincipal())).rejects.toMatchObject({
        code: 'last_owner',
      });
    });

    test('who demotes another while that one demotes them: one is first, and one remains', async () => {
      const other = await newAdmin(stage.world);
      const ends = await Promise.allSettled([
        change({ role: 'user' }, other, admin),
        change({ role: 'user' }, admin, other),
      ]);
      expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(await listAdministrators(stage.world.deps)).toHaveLength(1);
    });

    test('what is no change is not on record', async () => {
      await change({ tier: 'free', suspended: false, role: 'user', maxBytes: null });
      await change({});
      expect(await eventsAbout(stage.world, accountOf(stage.user))).toEqual([]);
    });

    test('nobody who was erased is changed', async () => {
      await stage.world.deps.db.query('update users set erased_at = now() where id = $1', [
        accountOf(stage.user),
      ]);
      await expect(change({ role: 'admin' })).rejects.toMatchObject({ code: 'not_found' });
    });

    describe('by the command', () => {
      const appointed = (role: 'user' | 'admin', email = emailOf(stage.user)) =>
        appoint(systemPrincipal(), { email, role }, stage.world.deps);

      test('is made and unmade by address, as the system', async () => {
        expect(await appointed('admin', emailOf(stage.user).toUpperCase())).toMatchObject({ role: 'admin' });
        expect((await listAdministrators(stage.world.deps)).map(({ id }) => id)).toContain(
          accountOf(stage.user),
        );
        await appointed('user');
        expect(await eventsAbout(stage.world, accountOf(stage.user))).toMatchObject([
          { action: 'user_role_changed', actor_kind: 'system', details: { role: 'admin' } },
          { action: 'user_role_changed', actor_kind: 'system', details: { role: 'user' } },
        ]);
      });

      test('is nobody unknown, and nobody whose address is unproven where proof is asked for', async () => {
        await expect(appointed('admin', 'nobody@example.com')).rejects.toMatchObject({ code: 'not_found' });
        const strict = {
          ...stage.world.deps,
          settings: { ...stage.world.deps.settings, requireVerifiedEmail: true },
        };
        const attempt = appoint(systemPrincipal(), { email: emailOf(stage.user), role: 'admin' }, strict);
        await expect(attempt).rejects.toMatchObject({ code: 'email_unverified' });
      });
    });
  },
  [embeddedStorage],
);
