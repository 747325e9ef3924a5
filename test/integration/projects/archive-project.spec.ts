import { updateAsset } from '@slipway/core/assets/update-asset';
import { deleteAsset } from '@slipway/core/assets/delete-asset';
import { grantAccess } from '@slipway/core/assets/grant-access';
import { listAssets } from '@slipway/core/assets/list-assets';
import { archiveProject } from '@slipway/core/projects/archive-project';
import { updateProject } from '@slipway/core/projects/update-project';
import { accountOf, systemPrincipal } from '@slipway/core/shared/principal';
import { expireUpload } from '@slipway/core/uploads/expire-upload';
import { describeCore } from '../../support/describe-core';
import { eventsOf } from '../../support/member-steps';
import { embeddedStorage } from '../../support/object-stores';
import { seedAsset } from '../../support/seed-asset';
import { begin, complete, send } from '../../support/upload-steps';

describeCore(
  'the archive',
  (stage) => {
    const archive = (archived = true, by = stage.user) =>
      archiveProject(by, { projectId: stage.project.id, archived }, stage.world.deps);
    const refused = { code: 'project_archived' };

    test('takes a project and gives it back, each once on record', async () => {
      const at = stage.world.deps.clock.now();
      for (const _ of [1, 2]) expect((await archive()).project.archivedAt).toEqual(at);
      for (const _ of [1, 2]) expect((await archive(false)).project.archivedAt).toBeNull();
      expect((await eventsOf(stage.world, stage.project.id)).map(({ action }) => action)).toEqual([
        'project_archived',
        'project_unarchived',
      ]);
    });

    test('is the owners’: editors are refused, and to strangers there is no such project', async () => {
      const editor = await stage.world.newUser();
      await stage.world.addMember(stage.project, editor, 'editor');
      await expect(archive(true, editor)).rejects.toMatchObject({ code: 'forbidden' });
      await expect(archive(true, await stage.world.newUser())).rejects.toMatchObject({ code: 'not_found' });
    });

    test('lets read and not change', async () => {
      const { deps } = stage.world;
      const projectId = stage.project.id;
      const asset = await seedAsset({ projectId, createdBy: accountOf(stage.user) }, deps);
      await archive();
      expect((await listAssets(stage.user, { projectId, limit: 10 }, deps)).rows).toHaveLength(1);
      expect(await grantAccess(stage.user, { assetId: asset.id, purpose: 'view' }, deps)).toHaveProperty(
        'url',
      );
      await expect(
        updateAsset(stage.user, { assetId: asset.id, change: { name: 'B' } }, deps),
      ).rejects.toMatchObject(refused);
      await expect(deleteAsset(stage.user, asset.id, deps)).rejects.toMatchObject(refused);
      await expect(
        updateProject(stage.user, { projectId, change: { name: 'B' } }, deps),
      ).rejects.toMatchObject(refused);
      await expect(begin(stage.world, stage.user, { projectId, file: stage.file })).rejects.toMatchObject(
        refused,
      );
    });

    test('keeps a file that was on its way: its client may not finish it, its job does', async () => {
      const { deps } = stage.world;
      const projectId = stage.project.id;
      const begun = await begin(stage.world, stage.user, { projectId, file: stage.file });
      expect(await send(begun, stage.file.body)).toBe(200);
      await archive();
      await expect(complete(stage.world, stage.user, begun.upload)).rejects.toMatchObject(refused);
      await expireUpload(systemPrincipal(), { uploadId: begun.upload.id }, deps);
      expect((await listAssets(stage.user, { projectId, limit: 10 }, deps)).rows).toHaveLength(1);
    });
  },
  [embeddedStorage],
);
