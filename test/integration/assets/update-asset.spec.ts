import { Asset } from '@slipway/core/assets/asset.entity';
import { deleteAsset } from '@slipway/core/assets/delete-asset';
import { requireVisible } from '@slipway/core/assets/require-asset';
import { type AssetChange, updateAsset } from '@slipway/core/assets/update-asset';
import { AuditEvent } from '@slipway/core/audit/audit-event.entity';
import { Project } from '@slipway/core/projects/project.entity';
import type { Principal } from '@slipway/core/shared/principal';
import { describeCore } from '../../support/describe-core';
import { storeFile } from '../../support/store-file';

describeCore('changing an asset', (stage) => {
  let asset: Asset;
  const deps = () => stage.world.deps;
  const update = (change: AssetChange, by: Principal = stage.user) =>
    updateAsset(by, { assetId: asset.id, change }, deps());
  const now = () => deps().db.manager.findOneByOrFail(Asset, { id: asset.id });
  const actions = async () => {
    const events = await deps().db.manager.find(AuditEvent, {
      where: { assetId: asset.id },
      order: { id: 'asc' },
    });
    return events.map(({ action }) => action).filter((action) => !action.startsWith('upload'));
  };

  beforeEach(async () => {
    asset = await storeFile(stage.world, stage.user, { projectId: stage.project.id, file: stage.file });
  });

  test('puts each change on record by itself', async () => {
    const expiresAt = new Date(deps().clock.now().getTime() + 60_000);
    await update({ name: 'Left knee', isPublic: true, expiresAt });
    expect(await now()).toMatchObject({ name: 'Left knee', isPublic: true, expiresAt });
    expect((await actions()).sort()).toEqual(['expiry_set', 'published_to_all', 'renamed']);
    await update({ isPublic: false });
    expect((await actions()).at(-1)).toBe('made_private');
    expect((await now()).name).toBe('Left knee');
  });

  test('to what it is already changes nothing and records nothing', async () => {
    const { name, isPublic, expiresAt, updatedAt } = await now();
    deps().clock.advance(1_000);
    await update({ name, isPublic, expiresAt });
    expect((await now()).updatedAt).toEqual(updatedAt);
    expect(await actions()).toEqual([]);
  });

  test('to public shows it to everybody, and back to nobody else', async () => {
    const stranger = await stage.world.newUser();
    const visible = () => requireVisible(stranger, { id: asset.id }, deps());
    await expect(visible()).rejects.toMatchObject({ code: 'not_found' });
    await deps().db.query(`update assets set status = 'Published' where id = $1`, [asset.id]);
    await update({ isPublic: true });
    expect((await visible()).decision.allowed).toBe(true);
    await update({ isPublic: false });
    await expect(visible()).rejects.toMatchObject({ code: 'not_found' });
  });

  test('an expiry hides it from viewers from then on, and can be taken back', async () => {
    const viewer = await stage.world.newUser();
    await stage.world.addMember(stage.project, viewer, 'viewer');
    const decision = async () => (await requireVisible(viewer, { id: asset.id }, deps())).decision;
    await update({ expiresAt: new Date(deps().clock.now().getTime() + 1_000) });
    expect(await decision()).toMatchObject({ allowed: true });
    deps().clock.advance(1_000);
    expect(await decision()).toMatchObject({ allowed: false, because: 'expired' });
    await update({ expiresAt: null });
    expect(await decision()).toMatchObject({ allowed: true });
  });

  test.each(['', ' ', '..', 'a/b', 'a\\b', 'a\nb', 'a\u202Eb', 'a\u2028b', 'é'.repeat(128), 'a\uD800'])(
    'to the name %j is refused',
    async (name) => {
      await expect(update({ name, isPublic: true })).rejects.toMatchObject({
        code: 'invalid_request',
        errors: [{ field: 'name' }],
      });
      expect((await now()).isPublic).toBe(false);
    },
  );

  test('is for editors: not for viewers, strangers, or in an archive', async () => {
    const [viewer, editor, stranger] = [
      await stage.world.newUser(),
      await stage.world.newUser(),
      await stage.world.newUser(),
    ];
    await stage.world.addMember(stage.project, viewer, 'viewer');
    await stage.world.addMember(stage.project, editor, 'editor');
    await expect(update({ name: 'x' }, viewer)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(update({ name: 'x' }, stranger)).rejects.toMatchObject({ code: 'not_found' });
    await update({ name: 'by an editor' }, editor);
    await deps().db.manager.update(Project, stage.project.id, { archivedAt: deps().clock.now() });
    await expect(update({ name: 'x' }, editor)).rejects.toMatchObject({ code: 'project_archived' });
    expect((await now()).name).toBe('by an editor');
  });

  test('that is deleted finds nothing', async () => {
    await deleteAsset(stage.user, asset.id, deps());
    await expect(update({ name: 'x' })).rejects.toMatchObject({ code: 'not_found' });
  });
});
