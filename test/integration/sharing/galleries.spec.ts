import type { Asset } from '@slipway/core/assets/asset.entity';
import { deleteAsset } from '@slipway/core/assets/delete-asset';
import { type AssetChange, updateAsset } from '@slipway/core/assets/update-asset';
import { AuditEvent } from '@slipway/core/audit/audit-event.entity';
import { requestGallery } from '@slipway/core/galleries/request-gallery';
import { Project } from '@slipway/core/projects/project.entity';
import { updateProject } from '@slipway/core/projects/update-project';
import { publishWhenComplete } from '@slipway/core/renditions/publish-when-complete';
import { type Principal, visitor } from '@slipway/core/shared/principal';
import { endGallery } from '@slipway/core/sharing/end-gallery';
import { findGallery } from '@slipway/core/sharing/find-gallery';
import { listGallery } from '@slipway/core/sharing/list-gallery';
import { publishGallery } from '@slipway/core/sharing/publish-gallery';
import { describeCore } from '../../support/describe-core';
import { storageForTests } from '../../support/storage-for-tests';
import { change, seed, VISITOR } from './sharing-steps';

let slugs = 0;

describeCore(
  'a gallery',
  (stage) => {
    let slug: string;
    const deps = () => stage.world.deps;
    const publish = (at = slug, by: Principal = stage.user, projectId = stage.project.id) =>
      publishGallery(by, { projectId, slug: at }, deps());
    const end = (by: Principal = stage.user) => endGallery(by, stage.project.id, deps());
    const find = (by: Principal = stage.user) => findGallery(by, stage.project.id, deps());
    const list = (limit = 50, cursor?: string, at = slug) =>
      listGallery(visitor(VISITOR), { slug: at, limit, cursor }, deps());
    const jobs = async () =>
      (await stage.world.waitingJobs('publish-gallery')).filter((job) =>
        (job as { slug: string }).slug.startsWith(slug),
      );
    const archive = () =>
      deps().db.manager.update(Project, stage.project.id, { archivedAt: deps().clock.now() });

    const seedPublic = async (rest: Partial<Asset> = {}): Promise<Asset> => {
      deps().clock.advance(1);
      const asset = await seed(stage);
      await change(stage, asset, { isPublic: true, ...rest });
      return asset;
    };

    const update = (asset: Asset, to: AssetChange) =>
      updateAsset(stage.user, { assetId: asset.id, change: to }, deps());
    const complete = (asset: Asset) =>
      deps().db.transaction((tx) => publishWhenComplete(tx, asset.id, deps().clock.now()));
    const renameProject = () =>
      updateProject(stage.user, { projectId: stage.project.id, change: { name: 'Quay' } }, deps());

    beforeEach(() => {
      slugs += 1;
      slug = `harbour-${slugs}`;
    });

    test('shows everybody what is public in its project, newest first', async () => {
      await publish();
      const [first, second] = [await seedPublic(), await seedPublic()];
      await seed(stage);
      const page = await list();
      expect(page).toMatchObject({ slug, name: 'Test', nextCursor: null });
      expect(page.rows.map(({ asset }) => asset.id)).toEqual([second.id, first.id]);
    });

    test('shows nothing that a visitor may not see now', async () => {
      await publish();
      await seedPublic({ status: 'Rejected' });
      await seedPublic({ scanState: 'infected' });
      await seedPublic({ expiresAt: deps().clock.now() });
      await seedPublic({ deletedAt: deps().clock.now() });
      const kept = await seedPublic();
      expect((await list()).rows.map(({ asset }) => asset.id)).toEqual([kept.id]);
    });

    test('goes over pages', async () => {
      await publish();
      const assets = [await seedPublic(), await seedPublic(), await seedPublic()];
      const first = await list(2);
      const second = await list(2, String(first.nextCursor));
      const ids = [...first.rows, ...second.rows].map(({ asset }) => asset.id);
      expect(ids).toEqual(assets.map(({ id }) => id).toReversed());
      expect(second.nextCursor).toBeNull();
    });

    test('is none before it is published, and none after it has ended', async () => {
      await seedPublic();
      await expect(list()).rejects.toMatchObject({ code: 'not_found' });
      expect(await find()).toBeNull();
      await publish();
      expect(await find()).toEqual({ slug });
      await end();
      await expect(list()).rejects.toMatchObject({ code: 'not_found' });
      expect(await find()).toBeNull();
      await end();
    });

    test('has an address that no other has', async () => {
      await publish();
      const other = await stage.world.newProject(stage.user);
      await expect(publish(slug, stage.user, other.id)).rejects.toMatchObject({ code: 'slug_taken' });
      await end();
      await publish(slug, stage.user, other.id);
      await expect(publish()).rejects.toMatchObject({ code: 'slug_taken' });
    });

    test('moves, and both places are looked after', async () => {
      await publish();
      await publish(`${slug}-new`);
      await expect(list()).rejects.toMatchObject({ code: 'not_found' });
      await list(1, undefined, `${slug}-new`);
      expect(await jobs()).toEqual([{ slug }, { slug: `${slug}-new` }]);
    });

    test('is for owners to publish, see and end', async () => {
      const [editor, stranger] = [await stage.world.newUser(), await stage.world.newUser()];
      await stage.world.addMember(stage.project, editor, 'editor');
      for (const way of [() => publish(slug, editor), () => find(editor), () => end(editor)]) {
        await expect(way()).rejects.toMatchObject({ code: 'forbidden' });
      }
      for (const way of [() => publish(slug, stranger), () => find(stranger), () => end(stranger)]) {
        await expect(way()).rejects.toMatchObject({ code: 'not_found' });
      }
    });

    test('goes on in an archive, where it can be ended and not published', async () => {
      await publish();
      const asset = await seedPublic();
      await archive();
      expect((await list()).rows.map((row) => row.asset.id)).toEqual([asset.id]);
      await expect(publish(`${slug}-new`)).rejects.toMatchObject({ code: 'project_archived' });
      expect(await find()).toEqual({ slug });
      await end();
      await expect(publish()).rejects.toMatchObject({ code: 'project_archived' });
    });

    test('is on record, once', async () => {
      await publish();
      await publish();
      await publish(`${slug}-new`);
      await end();
      await end();
      const events = await deps().db.manager.find(AuditEvent, {
        where: { projectId: stage.project.id },
        order: { seq: 'asc' },
      });
      expect(events.slice(1).map(({ action, details }) => [action, details])).toEqual([
        ['gallery_published', { slug }],
        ['gallery_published', { slug: `${slug}-new`, before: slug }],
        ['gallery_ended', { slug: `${slug}-new` }],
      ]);
    });

    test('is made anew when something asks for it, in the transaction of that', async () => {
      await deps().db.transaction((tx) => requestGallery(tx, stage.project.id));
      expect(await jobs()).toEqual([]);
      await deps().db.manager.update(Project, stage.project.id, { gallerySlug: slug });
      const failing = deps().db.transaction(async (tx) => {
        await requestGallery(tx, stage.project.id);
        throw new Error('rolled back');
      });
      await expect(failing).rejects.toThrow('rolled back');
      expect(await jobs()).toEqual([]);
      for (let count = 0; count < 3; count += 1) {
        await deps().db.transaction((tx) => requestGallery(tx, stage.project.id));
      }
      expect(await jobs()).toEqual([{ slug }]);
    });

    test.each<[string, boolean, (asset: Asset) => Promise<unknown>]>([
      ['an asset becomes public', true, (asset) => update(asset, { isPublic: true })],
      ['a private asset is renamed', false, (asset) => update(asset, { name: 'Renamed' })],
      ['a private asset is deleted', false, (asset) => deleteAsset(stage.user, asset.id, deps())],
    ])('is asked for, or not, when %s', async (_, isAskedFor, act) => {
      await deps().db.manager.update(Project, stage.project.id, { gallerySlug: slug });
      await act(await seed(stage));
      expect(await jobs()).toEqual(isAskedFor ? [{ slug }] : []);
    });

    test.each<[string, (asset: Asset) => Promise<unknown>]>([
      ['is renamed', (asset) => update(asset, { name: 'Renamed' })],
      ['becomes private', (asset) => update(asset, { isPublic: false })],
      ['is to end', (asset) => update(asset, { expiresAt: deps().clock.now() })],
      ['is deleted', (asset) => deleteAsset(stage.user, asset.id, deps())],
      ['is done', (asset) => complete(asset)],
      ['is in a project that is renamed', () => renameProject()],
    ])('is asked for when a public asset %s', async (_, act) => {
      await deps().db.manager.update(Project, stage.project.id, { gallerySlug: slug });
      await act(await seedPublic({ status: 'Processing' }));
      expect(await jobs()).toEqual([{ slug }]);
    });

    test('that is published while something changes is asked for by one of them, never by none', async () => {
      let published: Promise<unknown> = Promise.resolve();
      const state = { isOver: false };
      const waits = async () => {
        const [row] = await deps().db.query<{ waits: boolean }[]>(
          `select exists (select from pg_stat_activity
             where datname = current_database() and wait_event_type = 'Lock') as waits`,
        );
        return row?.waits === true;
      };
      await deps().db.transaction(async (tx) => {
        await requestGallery(tx, stage.project.id);
        published = publish().finally(() => (state.isOver = true));
        while (!state.isOver && !(await waits()));
        expect(state.isOver).toBe(false);
      });
      await published;
      expect(await jobs()).toEqual([{ slug }]);
    });
  },
  storageForTests().slice(0, 1),
);
