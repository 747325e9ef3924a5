import type { Asset } from '@slipway/core/assets/asset.entity';
import type { Deps } from '@slipway/core/shared/deps';
import { copyGallery, MAX_COPIED } from '@slipway/core/sharing/copy-gallery';
import { endGallery } from '@slipway/core/sharing/end-gallery';
import { publishGallery } from '@slipway/core/sharing/publish-gallery';
import { requestAllGalleries } from '@slipway/core/sharing/request-all-galleries';
import { objectKey } from '@slipway/platform/object-store/object-key';
import { describeCore } from '../../support/describe-core';
import { Crash, mortal } from '../../support/fuse';
import { later, storageWith, sweep } from '../../support/reconcile-steps';
import { runDueJobs } from '../../support/run-due-jobs';
import { change, seed } from './sharing-steps';

let slugs = 0;

describeCore('the public copy of a gallery', (stage) => {
  let slug: string;
  const deps = () => stage.world.deps;
  const copy = (world: Deps = deps()) => copyGallery({ slug }, world);
  const publish = (at = slug, projectId = stage.project.id) =>
    publishGallery(stage.user, { projectId, slug: at }, deps());
  const end = () => endGallery(stage.user, stage.project.id, deps());
  /** What the worker would have done by now. A job without a date has that of the database's clock. */
  const jobs = () => {
    const until = new Date(Math.max(Date.now() + 1_000, deps().clock.now().getTime()));
    return runDueJobs(
      deps().db,
      { 'publish-gallery': ({ slug: at }) => copyGallery({ slug: at }, deps()) },
      until,
    );
  };

  const keys = async (at = slug): Promise<string[]> => {
    const prefix = objectKey.galleryPrefix(at);
    const { objects } = await deps().objects.list(prefix);
    return objects.map(({ key }) => key.slice(prefix.length)).sort();
  };
  const read = async (key: string) => (await deps().objects.readRange(key, 0, 1_000_000)).toString();
  const index = async (at = slug) =>
    JSON.parse(await read(objectKey.galleryIndex(at))) as { name: string; data: Record<string, unknown>[] };
  const names = async (at = slug) => (await index(at)).data.map(({ id }) => id);

  /** Public, with a thumbnail whose bytes are its id. */
  const seedPublic = async (rest: Partial<Asset> = {}): Promise<Asset> => {
    deps().clock.advance(1);
    const asset = await seed(stage);
    const thumbnailKey = objectKey.rendition(asset.fileKey, 'thumbnail');
    await deps().objects.put(thumbnailKey, Buffer.from(asset.id), { contentType: 'image/jpeg' });
    await change(stage, asset, { isPublic: true, thumbnailKey, ...rest });
    return asset;
  };

  beforeEach(async () => {
    slugs += 1;
    slug = `quay-${slugs}`;
    await publish();
  });

  afterEach(() => deps().db.query(`delete from graphile_worker._private_jobs`));

  test('is an index and the thumbnails it names, of what visitors may see', async () => {
    const [first, second] = [await seedPublic(), await seedPublic({ width: 320, height: 200 })];
    await seedPublic({ status: 'Rejected' });
    await seedPublic({ isPublic: false });
    await jobs();
    const thumbnail = `thumbnails/${second.id}.jpg`;
    expect(await index()).toEqual({
      name: 'Test',
      url: `http://localhost:3000/g/${slug}`,
      published_at: deps().clock.now().toISOString(),
      data: [
        {
          id: second.id,
          name: 'A photo',
          content_type: 'image/png',
          file_size: 1234,
          width: 320,
          height: 200,
          thumbnail,
        },
        expect.objectContaining({ id: first.id }),
      ],
    });
    expect(await keys()).toEqual(['index.json', `thumbnails/${first.id}.jpg`, thumbnail]);
    expect(await read(objectKey.galleryPrefix(slug) + thumbnail)).toBe(second.id);
    const stat = await deps().objects.head(objectKey.galleryIndex(slug));
    expect(stat?.contentType).toBe('application/json');
  });

  test('names nobody', async () => {
    await seedPublic();
    await jobs();
    const text = await read(objectKey.galleryIndex(slug));
    for (const id of [stage.user.id, stage.project.id, stage.user.account?.email]) {
      expect(text).not.toContain(String(id));
    }
  });

  test('follows: what is not public any more is gone, thumbnail and all', async () => {
    const [first, second] = [await seedPublic(), await seedPublic()];
    await copy();
    await change(stage, second, { isPublic: false });
    await copy();
    expect(await names()).toEqual([first.id]);
    expect(await keys()).toEqual(['index.json', `thumbnails/${first.id}.jpg`]);
  });

  test('lets an asset go that ends by itself, when it does', async () => {
    const kept = await seedPublic();
    const expiresAt = new Date(deps().clock.now().getTime() + 60_000);
    await seedPublic({ expiresAt });
    await jobs();
    expect(await names()).toHaveLength(2);
    deps().clock.advance(60_000);
    await jobs();
    expect(await names()).toEqual([kept.id]);
  });

  test('is not put off when something changes before the first of them ends', async () => {
    await seedPublic({ expiresAt: new Date(deps().clock.now().getTime() + 3_600_000) });
    await jobs();
    await publish(`${slug}-new`);
    await publish();
    await seedPublic();
    await jobs();
    expect(await names()).toHaveLength(2);
  });

  test('ends with its gallery, and moves with it', async () => {
    const asset = await seedPublic();
    await jobs();
    await publish(`${slug}-new`);
    await jobs();
    expect(await keys()).toEqual([]);
    expect(await names(`${slug}-new`)).toEqual([asset.id]);
    await end();
    await jobs();
    expect(await keys(`${slug}-new`)).toEqual([]);
  });

  test('is the next project’s when the slug is, in whatever order the jobs run', async () => {
    await seedPublic();
    await copy();
    await end();
    const other = await stage.world.newProject(stage.user);
    await publish(slug, other.id);
    await copy();
    await copy();
    expect(await index()).toMatchObject({ data: [] });
    expect(await keys()).toEqual(['index.json']);
  });

  test('leaves out a thumbnail that is not there, and takes it when it is', async () => {
    const asset = await seedPublic();
    const thumbnailKey = objectKey.rendition(asset.fileKey, 'thumbnail');
    await deps().objects.delete(thumbnailKey);
    await copy();
    expect((await index()).data).toEqual([expect.objectContaining({ id: asset.id, thumbnail: null })]);
    await deps().objects.put(thumbnailKey, Buffer.from('later'), { contentType: 'image/jpeg' });
    await copy();
    expect((await index()).data).toEqual([
      expect.objectContaining({ thumbnail: `thumbnails/${asset.id}.jpg` }),
    ]);
  });

  test('is what it should be after a death anywhere', async () => {
    const [gone, kept, added] = [
      await seedPublic(),
      await seedPublic(),
      await seedPublic({ isPublic: false }),
    ];
    let deaths = 0;
    for (let at = 1; ; at += 1) {
      await change(stage, added, { isPublic: false });
      await change(stage, gone, { isPublic: true });
      await copy();
      await change(stage, added, { isPublic: true });
      await change(stage, gone, { isPublic: false });
      const died = await copy({ ...deps(), objects: mortal(deps(), at).objects }).then(
        () => false,
        (error: unknown) => error instanceof Crash,
      );
      if (!died) break;
      deaths += 1;
      const there = new Set(await keys());
      for (const { thumbnail } of (await index()).data) expect(there).toContain(thumbnail);
      await copy();
      expect(await names()).toEqual([added.id, kept.id]);
      expect(await keys()).toEqual(
        ['index.json', `thumbnails/${kept.id}.jpg`, `thumbnails/${added.id}.jpg`].sort(),
      );
    }
    // Before and after each of: list, head, copy, put, delete.
    expect(deaths).toBe(10);
  });

  test('is gone after a death anywhere in its removal, the index first', async () => {
    await seedPublic();
    for (let at = 1; ; at += 1) {
      await publish();
      await copy();
      await end();
      const died = await copy({ ...deps(), objects: mortal(deps(), at).objects }).then(
        () => false,
        () => true,
      );
      const left = await keys();
      expect(left.length === 1 && left[0] === 'index.json').toBe(false);
      await copy();
      expect(await keys()).toEqual([]);
      if (!died) break;
    }
  });

  test('is made by one at a time; whoever comes meanwhile asks again', async () => {
    await seedPublic();
    let meanwhile: Promise<void> | undefined;
    const busy = storageWith(deps().objects, {
      list: async (...of) => {
        meanwhile ??= copy();
        await meanwhile;
        return deps().objects.list(...of);
      },
    });
    await deps().db.query(`delete from graphile_worker._private_jobs`);
    await copy({ ...deps(), objects: busy });
    expect(await stage.world.waitingJobs('publish-gallery')).toEqual([{ slug }]);
  });

  test('is given up by whoever loses the lock, before another could be at it', async () => {
    await seedPublic();
    const losing = storageWith(deps().objects, {
      head: async (key) => {
        await deps().db.query(
          `select pg_terminate_backend(pid) from pg_locks
            where locktype = 'advisory' and objid = hashtext($1)::bigint & 4294967295`,
          [slug],
        );
        return deps().objects.head(key);
      },
    });
    await expect(copy({ ...deps(), objects: losing })).rejects.toThrow(/released|terminat/i);
    expect(await keys()).not.toContain('index.json');
    await copy();
    expect(await names()).toHaveLength(1);
  });

  test('is nothing that the comparison of bucket and database knows of', async () => {
    await seedPublic();
    await copy();
    const { found } = await sweep(later(deps(), 3), { dryRun: false });
    expect(JSON.stringify(found)).not.toContain('public/');
    expect(await keys()).toHaveLength(2);
  });

  test('is made anew each night, whatever was lost', async () => {
    await seedPublic();
    await deps().db.query(`delete from graphile_worker._private_jobs`);
    await requestAllGalleries(deps());
    await jobs();
    expect(await keys()).toHaveLength(2);
  });

  test(`has the newest ${MAX_COPIED}`, async () => {
    await seedPublic({ thumbnailKey: null });
    const copies = (table: string, fields: string) =>
      deps().db.query(
        `insert into ${table} select (json_populate_record(${table}, json_build_object(
             ${fields}, 'file_key', file_key || n, 'created_at', created_at + n * interval '1 ms'))).*
           from ${table}, generate_series(1, $1) as n where project_id = $2`,
        [MAX_COPIED, stage.project.id],
      );
    await copies('uploads', `'id', 'UPL-' || n, 'asset_id', 'AST-' || n, 'incoming_key', incoming_key || n`);
    await copies('assets', `'id', 'AST-' || n, 'upload_id', 'UPL-' || n, 'private_ref', md5(n::text)`);
    await copy();
    const listed = await names();
    expect([listed.length, listed[0]]).toEqual([MAX_COPIED, `AST-${MAX_COPIED}`]);
  });
});
