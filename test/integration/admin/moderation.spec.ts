import { moderateAsset, type Review, reviewAsset } from '@slipway/core/admin/review-asset';
import { moderationQueue } from '@slipway/core/admin/moderation-queue';
import { Asset } from '@slipway/core/assets/asset.entity';
import { requireViewable } from '@slipway/core/assets/require-asset';
import { archiveProject } from '@slipway/core/projects/archive-project';
import { Project } from '@slipway/core/projects/project.entity';
import { updateProject } from '@slipway/core/projects/update-project';
import { publishWhenComplete } from '@slipway/core/renditions/publish-when-complete';
import { Rendition } from '@slipway/core/renditions/rendition.entity';
import { accountOf, type Principal } from '@slipway/core/shared/principal';
import { newAdmin } from '../../support/admin-steps';
import { describeCore } from '../../support/describe-core';
import { embeddedStorage } from '../../support/object-stores';
import { seedAsset } from '../../support/seed-asset';
import { storeFile } from '../../support/store-file';

describeCore(
  'the moderation queue',
  (stage) => {
    let admin: Principal;

    beforeEach(async () => {
      admin = await newAdmin(stage.world);
      await review(true);
    });

    afterEach(() =>
      stage.world.deps.db.query(`update assets set deleted_at = now() where deleted_at is null`),
    );

    const assets = () => stage.world.deps.db.manager.getRepository(Asset);
    const review = (on: boolean) =>
      updateProject(stage.user, { projectId: stage.project.id, change: { review: on } }, stage.world.deps);
    const queue = (limit = 100, cursor?: string) =>
      moderationQueue(admin, { limit, cursor }, stage.world.deps);
    const queued = async () => (await queue()).rows.map(({ visible }) => visible.asset.id);
    const moderate = (assetId: string, decision: Review) =>
      moderateAsset(admin, { assetId, review: decision }, stage.world.deps);
    const decide = (assetId: string, decision: Review, by = stage.user) =>
      reviewAsset(by, { assetId, review: decision }, stage.world.deps);
    const reject: Review = { decision: 'reject', reason: 'Shows a face.\nBlur it.' };

    async function waiting(change: Partial<Asset> = {}): Promise<Asset> {
      stage.world.deps.clock.advance(1);
      const place = { projectId: stage.project.id, createdBy: accountOf(stage.user) };
      const asset = await seedAsset(place, stage.world.deps);
      await assets().update(asset.id, { status: 'In Review', ...change });
      return asset;
    }

    const eventsOfAsset = (assetId: string) =>
      stage.world.deps.db.query<object[]>(
        `select action, actor_id, reason, details, personal::jsonb - 'ip' - 'user_agent' as personal
           from audit_events where asset_id = $1 and action <> 'upload_begun' order by seq`,
        [assetId],
      );

    describe('gets an asset', () => {
      const finish = async (asset: Asset) => {
        const { db, clock } = stage.world.deps;
        await db.manager.update(Rendition, { assetId: asset.id }, { status: 'ready' });
        await publishWhenComplete(db.manager, asset.id, clock.now());
        return (await assets().findOneByOrFail({ id: asset.id })).status;
      };
      const stored = () =>
        storeFile(stage.world, stage.user, { projectId: stage.project.id, file: stage.file });

      test('when its last rendition is there, in a project that has its assets reviewed', async () => {
        const asset = await stored();
        await publishWhenComplete(stage.world.deps.db.manager, asset.id, stage.world.deps.clock.now());
        expect((await assets().findOneByOrFail({ id: asset.id })).status).toBe('Processing');
        expect(await finish(asset)).toBe('In Review');
        expect(await queued()).toEqual([asset.id]);
      });

      test('never in another project, nor again when it was decided', async () => {
        const asset = await stored();
        await review(false);
        expect(await finish(asset)).toBe('Published');
        await review(true);
        expect(await finish(asset)).toBe('Published');
        expect(await queued()).toEqual([]);
      });
    });

    test('has the longest wait first, page by page', async () => {
      const all = [await waiting(), await waiting(), await waiting()];
      const first = await queue(2);
      const second = await queue(2, first.nextCursor ?? '');
      const shown = [...first.rows, ...second.rows].map(({ visible }) => visible.asset.id);
      expect(shown).toEqual(all.map(({ id }) => id));
      expect(second.nextCursor).toBeNull();
      expect(first.rows[0]?.projectName).toBe('Test');
    });

    test('shows an administrator what is kept from them everywhere else, and puts each look on record', async () => {
      const file = await storeFile(stage.world, stage.user, {
        projectId: stage.project.id,
        file: stage.file,
      });
      await assets().update(file.id, { status: 'In Review' });
      await expect(requireViewable(admin, { id: file.id }, stage.world.deps)).rejects.toMatchObject({
        code: 'not_found',
      });
      const [item] = (await queue()).rows;
      const answer = await fetch(item?.urls.accessUrl ?? '');
      expect(Buffer.from(await answer.arrayBuffer()).equals(stage.file.body)).toBe(true);
      expect((await eventsOfAsset(file.id)).at(-1)).toEqual({
        action: 'accessed',
        actor_id: admin.id,
        reason: 'moderation',
        details: { purpose: 'view', expires_at: item?.urls.expiresAt.toISOString() },
        personal: {},
      });
    });

    test.each(['infected', 'pending'] as const)(
      'shows nobody the bytes while the scan says %s',
      async (scanState) => {
        const { id } = await waiting({ scanState });
        const [item] = (await queue()).rows;
        expect([item?.visible.asset.id, item?.urls.accessUrl]).toEqual([id, null]);
        expect(await eventsOfAsset(id)).toEqual([]);
      },
    );

    test('is without what was deleted or archived, and keeps what waited when the project is reviewed no more', async () => {
      const asset = await waiting();
      const gone = await waiting({ deletedAt: new Date() });
      await review(false);
      expect(await queued()).toEqual([asset.id]);
      await expect(moderate(gone.id, { decision: 'publish' })).rejects.toMatchObject({ code: 'not_found' });
      const archive = (archived: boolean) =>
        archiveProject(stage.user, { projectId: stage.project.id, archived }, stage.world.deps);
      await archive(true);
      expect(await queued()).toEqual([]);
      await expect(moderate(asset.id, reject)).rejects.toMatchObject({ code: 'project_archived' });
      await archive(false);
    });

    test('ends with a publication: viewers see the asset, and it is on record', async () => {
      const viewer = await stage.world.newUser();
      await stage.world.addMember(stage.project, viewer, 'viewer');
      const { id } = await waiting();
      const view = () => requireViewable(viewer, { id }, stage.world.deps);
      await expect(view()).rejects.toMatchObject({ code: 'asset_withheld', facts: { reason: 'in_review' } });
      await moderate(id, { decision: 'publish' });
      expect(await view()).toMatchObject({ status: 'Published' });
      expect(await eventsOfAsset(id)).toEqual([
        {
          action: 'asset_published',
          actor_id: admin.id,
          reason: null,
          details: { by: 'moderation' },
          personal: {},
        },
      ]);
    });

    test('or with a rejection, whose reason its editors read and the record may forget', async () => {
      const { id } = await waiting();
      await moderate(id, reject);
      expect(await assets().findOneByOrFail({ id })).toMatchObject({
        status: 'Rejected',
        reviewReason: 'Shows a face.\nBlur it.',
      });
      expect(await eventsOfAsset(id)).toMatchObject([
        {
          action: 'asset_rejected',
          details: { by: 'moderation' },
          personal: { reason: 'Shows a face.\nBlur it.' },
        },
      ]);
      expect(await queued()).toEqual([]);
    });

    test('has the gallery of a public asset’s project made anew', async () => {
      const { db } = stage.world.deps;
      const slug = `pier-${stage.project.id.toLowerCase()}`;
      await db.query('update projects set gallery_slug = $2 where id = $1', [stage.project.id, slug]);
      const [shown, hidden] = [await waiting({ isPublic: true }), await waiting()];
      await moderate(hidden.id, { decision: 'publish' });
      expect(await stage.world.waitingJobs('publish-gallery')).not.toContainEqual({ slug });
      await moderate(shown.id, { decision: 'publish' });
      expect(await stage.world.waitingJobs('publish-gallery')).toContainEqual({ slug });
    });

    test('is all that an administrator decides about', async () => {
      for (const status of ['Processing', 'Published', 'Rejected'] as const) {
        const { id } = await waiting({ status });
        await expect(moderate(id, reject)).rejects.toMatchObject({ code: 'not_found' });
      }
      await expect(moderate('AST-NOTHING', reject)).rejects.toMatchObject({ code: 'not_found' });
    });

    test('decided by two at once is decided once', async () => {
      const { id } = await waiting();
      const ends = await Promise.allSettled([moderate(id, reject), moderate(id, { decision: 'publish' })]);
      expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(await eventsOfAsset(id)).toHaveLength(1);
    });

    describe('and a project’s owner', () => {
      test('decides too, and may think again', async () => {
        const { id } = await waiting();
        await decide(id, reject);
        await decide(id, reject);
        await decide(id, { decision: 'publish' });
        expect(await assets().findOneByOrFail({ id })).toMatchObject({
          status: 'Published',
          reviewReason: null,
        });
        expect(await eventsOfAsset(id)).toMatchObject([
          { action: 'asset_rejected', actor_id: stage.user.id, details: { by: 'owner' } },
          { action: 'asset_published', actor_id: stage.user.id, details: { by: 'owner' } },
        ]);
      });

      test('waits while the asset is being processed', async () => {
        const { id } = await waiting({ status: 'Processing' });
        await expect(decide(id, { decision: 'publish' })).rejects.toMatchObject({ code: 'asset_busy' });
      });

      test('is the only one: editors and strangers do not, nor does an administrator here', async () => {
        const { id } = await waiting();
        const editor = await stage.world.newUser();
        await stage.world.addMember(stage.project, editor, 'editor');
        await expect(decide(id, { decision: 'publish' }, editor)).rejects.toMatchObject({
          code: 'forbidden',
        });
        await expect(decide(id, { decision: 'publish' }, admin)).rejects.toMatchObject({ code: 'not_found' });
        expect((await stage.world.deps.db.manager.findOneBy(Project, { id: stage.project.id }))?.review).toBe(
          true,
        );
      });
    });
  },
  [embeddedStorage],
);
