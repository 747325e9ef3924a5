import { deleteTier } from '@slipway/core/admin/delete-tier';
import { listTiers } from '@slipway/core/admin/list-tiers';
import { saveTier } from '@slipway/core/admin/save-tier';
import type { Tier } from '@slipway/core/admin/tier.entity';
import { updateUser } from '@slipway/core/admin/update-user';
import { readAccount } from '@slipway/core/accounts/read-account';
import type { DomainError } from '@slipway/core/shared/errors';
import { accountOf, type Principal } from '@slipway/core/shared/principal';
import { newAdmin } from '../../support/admin-steps';
import { describeCore } from '../../support/describe-core';
import { embeddedStorage } from '../../support/object-stores';
import { announce } from '../../support/quota-steps';

const SKIFF = {
  name: 'skiff',
  maxBytes: 1000,
  maxFileSize: 500,
  maxFiles: 10,
  maxProjectBytes: 900,
  maxProjectFiles: 5,
  requestsPerMinute: 7,
  maxAccessUrlSeconds: 600,
} satisfies Tier;

describeCore(
  'tiers',
  (stage) => {
    let admin: Principal;

    beforeEach(async () => {
      admin = await newAdmin(stage.world);
    });

    afterEach(async () => {
      await stage.world.deps.db.query(`update users set tier = 'free', role = 'user'`);
      await stage.world.deps.db.query(`delete from tiers where name <> 'free'`);
    });

    const save = (change: Partial<Tier> = {}) => saveTier(admin, { ...SKIFF, ...change }, stage.world.deps);
    const remove = (name: string) => deleteTier(admin, name, stage.world.deps);
    const assign = (tier: string) =>
      updateUser(admin, { userId: accountOf(stage.user), change: { tier } }, stage.world.deps);
    const reserve = (fileSize: number) =>
      announce(stage.world, stage.user, { projectId: stage.project.id, fileSize });

    test('are made and changed, listed by name with how many have them', async () => {
      expect(await save()).toEqual({ tier: SKIFF, users: 0 });
      await assign('skiff');
      expect(await save({ maxFiles: null })).toMatchObject({ tier: { maxFiles: null }, users: 1 });
      const tiers = await listTiers(stage.world.deps);
      expect(tiers.map(({ tier }) => tier.name)).toEqual(['free', 'skiff']);
      expect(tiers[1]).toEqual({ tier: { ...SKIFF, maxFiles: null }, users: 1 });
    });

    test('hold as they are now: size of a file, of a project, rate and life of URLs', async () => {
      await save();
      await assign('skiff');
      await expect(reserve(501)).rejects.toMatchObject({ code: 'file_too_large', facts: { limit: 500 } });
      await reserve(500);
      await expect(reserve(401)).rejects.toMatchObject({ facts: { scope: 'project', limit: 900 } });
      await save({ maxProjectBytes: 901 });
      await reserve(401);
      const token = { userId: accountOf(stage.user), issuedAt: Date.now() };
      const account = () => readAccount(token, stage.world.deps);
      expect(await account()).toMatchObject({ requestsPerMinute: 7, maxAccessUrlSeconds: 600 });
      await save({ requestsPerMinute: null, maxAccessUrlSeconds: null });
      expect(await account()).toMatchObject({ requestsPerMinute: null, maxAccessUrlSeconds: null });
    });

    test('are on record with all their limits', async () => {
      await save();
      await remove('skiff');
      const events = await stage.world.deps.db.query<object[]>(
        `select actor_id, reason, details from audit_events where action = 'tier_changed' and actor_id = $1 order by seq`,
        [admin.id],
      );
      expect(events).toEqual([
        {
          actor_id: admin.id,
          reason: null,
          details: {
            tier: 'skiff',
            max_bytes: 1000,
            max_file_size: 500,
            max_files: 10,
            max_project_bytes: 900,
            max_project_files: 5,
            requests_per_minute: 7,
            max_access_url_seconds: 600,
          },
        },
        { actor_id: admin.id, reason: 'deleted', details: { tier: 'skiff' } },
      ]);
    });

    test('in use stay, and so does the one that new accounts have', async () => {
      await save();
      await assign('skiff');
      const inUse = { code: 'tier_in_use' };
      await expect(remove('skiff')).rejects.toMatchObject(inUse);
      await expect(remove('free')).rejects.toMatchObject(inUse);
      await assign('free');
      await remove('skiff');
      await expect(remove('skiff')).rejects.toMatchObject({ code: 'not_found' });
    });

    test('are not deleted while they are assigned: whoever is second is told', async () => {
      for (let round = 0; round < 10; round += 1) {
        await save();
        const [assigned, removed] = await Promise.allSettled([assign('skiff'), remove('skiff')]);
        const codes = [assigned, removed].map((end) =>
          end.status === 'rejected' ? (end.reason as DomainError).code : 'done',
        );
        expect([
          ['done', 'tier_in_use'],
          ['invalid_request', 'done'],
        ]).toContainEqual(codes);
        await assign('free');
      }
    });
  },
  [embeddedStorage],
);
