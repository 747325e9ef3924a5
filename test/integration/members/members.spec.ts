import { addMember } from '@slipway/core/members/add-member';
import { changeMember } from '@slipway/core/members/change-member';
import { listMembers } from '@slipway/core/members/list-members';
import { removeMember } from '@slipway/core/members/remove-member';
import { archiveProject } from '@slipway/core/projects/archive-project';
import { accountOf, keyPrincipal, type Principal } from '@slipway/core/shared/principal';
import type { ProjectRole } from '@slipway/core/shared/project-role';
import { requireAsset } from '@slipway/core/assets/require-asset';
import { describeCore } from '../../support/describe-core';
import { emailOf, eventsOf, rolesOf } from '../../support/member-steps';
import { embeddedStorage } from '../../support/object-stores';
import { seedAsset } from '../../support/seed-asset';

describeCore(
  'members',
  (stage) => {
    let other: Principal;

    beforeEach(async () => {
      other = await stage.world.newUser();
    });

    const place = (who: Principal) => ({ projectId: stage.project.id, userId: accountOf(who) });
    const add = (by: Principal, who: Principal, role: ProjectRole = 'editor') =>
      addMember(by, { ...place(who), role }, stage.world.deps);
    const change = (by: Principal, who: Principal, role: ProjectRole) =>
      changeMember(by, { ...place(who), role }, stage.world.deps);
    const remove = (by: Principal, who: Principal) => removeMember(by, place(who), stage.world.deps);
    const roles = () => rolesOf(stage.world, stage.user, stage.project.id);

    test('see each other with name, address and who pays, the newest first, page by page', async () => {
      stage.world.deps.clock.advance(1000);
      await add(stage.user, other, 'viewer');
      const list = (cursor?: string) =>
        listMembers(other, { projectId: stage.project.id, limit: 1, cursor }, stage.world.deps);
      const first = await list();
      expect(first.rows).toEqual([
        {
          userId: accountOf(other),
          name: 'Test',
          email: emailOf(other),
          role: 'viewer',
          isPayer: false,
          joinedAt: stage.world.deps.clock.now(),
        },
      ]);
      const second = await list(first.nextCursor ?? '');
      expect(second.rows).toMatchObject([{ userId: accountOf(stage.user), role: 'owner', isPayer: true }]);
      expect(second.nextCursor).toBeNull();
    });

    test('are shown to nobody else', async () => {
      await expect(rolesOf(stage.world, other, stage.project.id)).rejects.toMatchObject({
        code: 'not_found',
      });
    });

    test('are added by an owner, changed, and removed, each on record', async () => {
      await add(stage.user, other, 'viewer');
      await change(stage.user, other, 'owner');
      const third = await stage.world.newUser();
      await add(other, third, 'editor');
      expect(await roles()).toEqual({
        [accountOf(stage.user)]: 'owner*',
        [accountOf(other)]: 'owner',
        [accountOf(third)]: 'editor',
      });
      await remove(other, third);
      await remove(other, other);
      expect(await roles()).toEqual({ [accountOf(stage.user)]: 'owner*' });
      const user_id = accountOf(other);
      expect(await eventsOf(stage.world, stage.project.id)).toMatchObject([
        { action: 'member_added', actor_id: stage.user.id, details: { user_id, role: 'viewer' } },
        { action: 'member_changed', details: { user_id, role: 'owner', from_role: 'viewer' } },
        { action: 'member_added', actor_id: other.id, details: { user_id: third.id, role: 'editor' } },
        { action: 'member_removed', actor_id: other.id, details: { user_id: third.id, role: 'editor' } },
        { action: 'member_left', actor_id: other.id, details: { user_id, role: 'owner' } },
      ]);
    });

    test.each<ProjectRole>(['viewer', 'editor'])('a %s manages nobody, and may leave', async (role) => {
      await stage.world.addMember(stage.project, other, role);
      const third = await stage.world.newUser();
      const forbidden = { code: 'forbidden' };
      await expect(add(other, third)).rejects.toMatchObject(forbidden);
      await expect(change(other, other, 'owner')).rejects.toMatchObject(forbidden);
      await expect(remove(other, stage.user)).rejects.toMatchObject(forbidden);
      await remove(other, other);
      expect(await roles()).toEqual({ [accountOf(stage.user)]: 'owner*' });
    });

    test('a stranger learns nothing of the project', async () => {
      const third = await stage.world.newUser();
      const noProject = { code: 'not_found', message: 'There is no such project.' };
      await expect(add(other, third)).rejects.toMatchObject(noProject);
      await expect(change(other, stage.user, 'viewer')).rejects.toMatchObject(noProject);
      await expect(remove(other, other)).rejects.toMatchObject(noProject);
    });

    test('whoever pays is an owner and stays, whoever asks', async () => {
      await stage.world.addMember(stage.project, other, 'owner');
      const lastOwner = { code: 'last_owner' };
      await expect(change(other, stage.user, 'editor')).rejects.toMatchObject(lastOwner);
      await expect(remove(other, stage.user)).rejects.toMatchObject(lastOwner);
      await expect(remove(stage.user, stage.user)).rejects.toMatchObject(lastOwner);
      expect(await eventsOf(stage.world, stage.project.id)).toEqual([]);
    });

    test('unknown accounts and members are not found, a second membership is refused', async () => {
      const nobody = { projectId: stage.project.id, userId: 'USR-NOBODY', role: 'viewer' as const };
      const notFound = { code: 'not_found' };
      await expect(addMember(stage.user, nobody, stage.world.deps)).rejects.toMatchObject(notFound);
      await expect(change(stage.user, other, 'viewer')).rejects.toMatchObject(notFound);
      await expect(remove(stage.user, other)).rejects.toMatchObject(notFound);
      await add(stage.user, other);
      await expect(add(stage.user, other)).rejects.toMatchObject({ code: 'already_member' });
    });

    test('the same role again is no change', async () => {
      await stage.world.addMember(stage.project, other, 'editor');
      expect(await change(stage.user, other, 'editor')).toMatchObject({ role: 'editor' });
      expect(await change(stage.user, stage.user, 'owner')).toMatchObject({ role: 'owner' });
      expect(await eventsOf(stage.world, stage.project.id)).toEqual([]);
    });

    test('two owners who remove each other at once: one is first, and the other no owner any more', async () => {
      const third = await stage.world.newUser();
      await stage.world.addMember(stage.project, other, 'owner');
      await stage.world.addMember(stage.project, third, 'owner');
      const ends = await Promise.allSettled([remove(other, third), remove(third, other)]);
      expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      expect(ends.find((end) => end.status === 'rejected')?.reason).toMatchObject({ code: 'not_found' });
      expect(Object.values(await roles()).sort()).toEqual(['owner', 'owner*']);
    });

    test('two who are added at once join once', async () => {
      const ends = await Promise.allSettled([add(stage.user, other), add(stage.user, other)]);
      expect(ends.find((end) => end.status === 'rejected')?.reason).toMatchObject({ code: 'already_member' });
      expect(Object.keys(await roles())).toHaveLength(2);
    });

    test('in the archive nobody is managed, but anybody may leave', async () => {
      await stage.world.addMember(stage.project, other, 'viewer');
      await archiveProject(stage.user, { projectId: stage.project.id, archived: true }, stage.world.deps);
      const archived = { code: 'project_archived' };
      await expect(change(stage.user, other, 'editor')).rejects.toMatchObject(archived);
      await expect(remove(stage.user, other)).rejects.toMatchObject(archived);
      await remove(other, other);
      expect(Object.keys(await roles())).toHaveLength(1);
    });

    test('a key acts in its own project only, and leaves as its account', async () => {
      const key = (projectId: string | null) =>
        keyPrincipal(
          { id: 'KEY-1', account: stage.user.account!, scopes: ['members:write'], projectId },
          stage.user,
        );
      const elsewhere = await stage.world.newProject(stage.user);
      await expect(add(key(elsewhere.id), other)).rejects.toMatchObject({ code: 'not_found' });
      expect(await add(key(stage.project.id), other)).toMatchObject({ role: 'editor' });
      const [event] = await eventsOf(stage.world, stage.project.id);
      expect(event).toMatchObject({ action: 'member_added', actor_id: 'KEY-1' });
    });

    test('what somebody uploaded stays when they are removed, and is theirs no more to see', async () => {
      await stage.world.addMember(stage.project, other, 'editor');
      const { id: assetId } = await seedAsset(
        { projectId: stage.project.id, createdBy: accountOf(other) },
        stage.world.deps,
      );
      await remove(stage.user, other);
      const find = (who: Principal) => requireAsset(who, { assetId, right: 'assets.read' }, stage.world.deps);
      expect(await find(stage.user)).toMatchObject({ createdBy: accountOf(other) });
      await expect(find(other)).rejects.toMatchObject({ code: 'not_found' });
    });
  },
  [embeddedStorage],
);
