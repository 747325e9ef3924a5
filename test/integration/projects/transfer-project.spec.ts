import { archiveProject } from '@slipway/core/projects/archive-project';
import { transferProject } from '@slipway/core/projects/transfer-project';
import { readUsage } from '@slipway/core/quotas/read-usage';
import { accountOf, type Principal } from '@slipway/core/shared/principal';
import { describeCore } from '../../support/describe-core';
import { eventsOf, rolesOf } from '../../support/member-steps';
import { embeddedStorage } from '../../support/object-stores';
import { announce, MB, provenUsage, setTier } from '../../support/quota-steps';
import { seedAsset } from '../../support/seed-asset';

describeCore(
  'the transfer of a project',
  (stage) => {
    let next: Principal;

    beforeEach(async () => {
      next = await stage.world.newUser();
      await stage.world.addMember(stage.project, next, 'viewer');
    });

    const transfer = (to = next, by = stage.user, projectId = stage.project.id) =>
      transferProject(by, { projectId, userId: accountOf(to) }, stage.world.deps);
    const reserve = (fileSize: number, projectId = stage.project.id, by = stage.user) =>
      announce(stage.world, by, { projectId, fileSize });

    test('moves what is used and what is reserved, and leaves the payer’s other projects theirs', async () => {
      const { deps } = stage.world;
      const asset = await seedAsset({ projectId: stage.project.id, createdBy: accountOf(stage.user) }, deps);
      await reserve(MB);
      const kept = await stage.world.newProject(stage.user);
      await reserve(2 * MB, kept.id);
      const own = await stage.world.newProject(next);
      await reserve(3 * MB, own.id, next);

      expect((await transfer()).project.ownerId).toBe(accountOf(next));
      expect(await provenUsage(stage.world, stage.project.id)).toEqual({
        project: { used: `${asset.fileSize}/1`, reserved: `${MB}/1` },
        account: { used: `${asset.fileSize}/1`, reserved: `${4 * MB}/2` },
      });
      expect(await provenUsage(stage.world, kept.id)).toMatchObject({
        account: { used: '0/0', reserved: `${2 * MB}/1` },
      });
    });

    test('makes the payer an owner, keeps the other one, is on record, and repeats to nothing', async () => {
      for (const _ of [1, 2]) await transfer();
      expect(await rolesOf(stage.world, next, stage.project.id)).toEqual({
        [accountOf(stage.user)]: 'owner',
        [accountOf(next)]: 'owner*',
      });
      expect(await eventsOf(stage.world, stage.project.id)).toEqual([
        {
          action: 'project_transferred',
          actor_id: stage.user.id,
          details: { user_id: accountOf(next), from_user_id: accountOf(stage.user) },
          personal: {},
        },
      ]);
    });

    test.each([
      [
        'account’s bytes',
        { maxBytes: 3 * MB },
        { scope: 'user', kind: 'bytes', reserved: 2 * MB, requested: 2 * MB },
      ],
      ['account’s files', { maxFiles: 2 }, { scope: 'user', kind: 'files', reserved: 1, requested: 2 }],
      [
        'project’s bytes',
        { maxProjectBytes: 2 * MB - 1 },
        { scope: 'project', kind: 'bytes', requested: 2 * MB },
      ],
      ['project’s files', { maxProjectFiles: 1 }, { scope: 'project', kind: 'files', requested: 2 }],
    ])('is refused where it is over the next %s, and changes nothing', async (_, limits, facts) => {
      const own = await stage.world.newProject(next);
      await reserve(2 * MB, own.id, next);
      await reserve(MB);
      await reserve(MB);
      await setTier(stage.world, next, limits);
      await expect(transfer()).rejects.toMatchObject({ code: 'quota_exceeded', facts });
      expect(await provenUsage(stage.world, stage.project.id)).toMatchObject({
        account: { reserved: `${2 * MB}/2` },
      });
      expect(await eventsOf(stage.world, stage.project.id)).toHaveLength(2);
      await setTier(stage.world, next, {});
      await transfer();
    });

    test('fits to the byte, by the account’s own limit where it has one', async () => {
      await reserve(MB);
      const { db } = stage.world.deps;
      const limit = (bytes: number) =>
        db.query('update users set max_bytes = $2 where id = $1', [accountOf(next), bytes]);
      await limit(MB - 1);
      await expect(transfer()).rejects.toMatchObject({ facts: { scope: 'user', limit: MB - 1 } });
      await limit(MB);
      await transfer();
      const { account } = await readUsage(db.manager, stage.project.id);
      expect(account.storage).toEqual({ used: 0, reserved: MB, limit: MB });
    });

    test('of an empty project needs no room', async () => {
      const own = await stage.world.newProject(next);
      await reserve(MB, own.id, next);
      await setTier(stage.world, next, { maxBytes: 1 });
      expect((await transfer()).project.ownerId).toBe(accountOf(next));
    });

    test('is the owners’, to members who can sign in, outside of the archive', async () => {
      const stranger = await stage.world.newUser();
      await expect(transfer(stranger)).rejects.toMatchObject({ code: 'not_found' });
      await expect(transfer(next, stranger)).rejects.toMatchObject({ code: 'not_found' });
      await expect(transfer(next, next)).rejects.toMatchObject({ code: 'forbidden' });
      const suspend = (at: string | null) =>
        stage.world.deps.db.query('update users set suspended_at = $2 where id = $1', [accountOf(next), at]);
      await suspend('2026-01-01');
      await expect(transfer()).rejects.toMatchObject({ code: 'not_found' });
      await suspend(null);
      await archiveProject(stage.user, { projectId: stage.project.id, archived: true }, stage.world.deps);
      await expect(transfer()).rejects.toMatchObject({ code: 'project_archived' });
    });
  },
  [embeddedStorage],
);
