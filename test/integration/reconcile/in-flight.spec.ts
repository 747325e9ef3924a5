import { Asset } from '@slipway/core/assets/asset.entity';
import { deleteAsset } from '@slipway/core/assets/delete-asset';
import type { FindingKind } from '@slipway/core/reconcile/finding';
import { cancelUpload } from '@slipway/core/uploads/cancel-upload';
import { Upload } from '@slipway/core/uploads/upload.entity';
import { jobHandlers } from '@slipway/worker/handlers';
import type { Thumbnailer } from '@slipway/platform/media/thumbnailer';
import { describeCore } from '../../support/describe-core';
import { cutAboveFiveMiB, largeFile, sendParts } from '../../support/part-steps';
import { later, sweep, type Swept } from '../../support/reconcile-steps';
import { runDueJobs } from '../../support/run-due-jobs';
import type { TestFile } from '../../support/test-files';
import { begin, complete, send } from '../../support/upload-steps';

const DAYS_8 = 8 * 24;

/** What a client does with an upload it has begun. */
type Story = 'completes' | 'completes twice' | 'completes and deletes' | 'sends and cancels' | 'cancels';

const STORIES: Story[] = [
  'completes',
  'completes twice',
  'completes and deletes',
  'sends and cancels',
  'cancels',
];

/** What no interleaving may ever look like. */
const LOST = new Set<FindingKind>([
  'missing_object',
  'size_differs',
  'missing_rendition',
  'unknown_object',
  'ledger_differs',
]);

describeCore('uploads in flight while the sweep repairs', (stage) => {
  cutAboveFiveMiB(stage);
  const deps = () => stage.world.deps;

  async function sendAll(begun: Awaited<ReturnType<typeof begin>>, file: TestFile): Promise<void> {
    const statuses = begun.put
      ? [await send(begun, file.body)]
      : await sendParts(stage.world, stage.user, { upload: begun.upload, file });
    expect([...new Set(statuses)]).toEqual([200]);
  }

  async function live(story: Story, file: TestFile): Promise<Upload> {
    const begun = await begin(stage.world, stage.user, { projectId: stage.project.id, file });
    const { upload } = begun;
    if (story !== 'cancels') await sendAll(begun, file);
    if (story.startsWith('completes')) await complete(stage.world, stage.user, upload);
    else await cancelUpload(stage.user, upload.assetId, deps());
    if (story === 'completes twice') await complete(stage.world, stage.user, upload);
    if (story === 'completes and deletes') await deleteAsset(stage.user, upload.assetId, deps());
    return upload;
  }

  /** What the worker does in the end. */
  async function doJobs(): Promise<void> {
    const all = jobHandlers({ ...deps(), thumbnailer: undefined as unknown as Thumbnailer });
    const names = ['discard-object', 'purge-asset-objects', 'abort-multipart'] as const;
    const handlers = Object.fromEntries(names.map((name) => [name, all[name]]));
    await runDueJobs(deps().db, handlers as Pick<typeof all, (typeof names)[number]>, new Date());
  }

  async function sweepUntil(done: Promise<unknown>, hours: number): Promise<Swept[]> {
    const state = { over: false };
    const over = () => void (state.over = true);
    done.then(over, over);
    const sweeps: Swept[] = [];
    do sweeps.push(await sweep(later(deps(), hours), { dryRun: false }));
    while (!state.over);
    return sweeps;
  }

  test.each([
    // Of a small file nothing is ever taken, however young, since its row says that it is under way.
    { title: 'in one PUT, whatever their age', fileOf: () => stage.file, times: 8, hours: DAYS_8 },
    // The storage's upload in parts is made a moment before its row knows of it: that moment is what the age is for.
    { title: 'in parts, once they are an hour old', fileOf: largeFile, times: 2, hours: 0 },
  ])('lose nothing $title', async ({ fileOf, times, hours }) => {
    const file = fileOf();
    const stories = Array.from({ length: times }, () => STORIES).flat();
    const uploads = Promise.all(stories.map((story) => live(story, file)));
    const sweeps = await sweepUntil(uploads, hours);
    expect(sweeps.flatMap(({ run }) => Object.keys(run.failed))).toEqual([]);
    expect(sweeps.flatMap(({ found }) => found).filter(([kind]) => LOST.has(kind))).toEqual([]);

    for (const [index, upload] of (await uploads).entries()) {
      const asset = await deps().db.manager.findOneBy(Asset, { id: upload.assetId });
      const kept = asset !== null && asset.deletedAt === null;
      expect(kept).toBe(stories[index]?.startsWith('completes') && !stories[index]?.endsWith('deletes'));
      const object = kept ? await deps().objects.head(upload.fileKey) : null;
      expect(object?.size).toBe(kept ? file.body.length : undefined);
    }
    await doJobs();
    expect((await sweep(later(deps(), DAYS_8), { dryRun: true })).found).toEqual([]);
  });
});
