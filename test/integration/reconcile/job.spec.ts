import { deleteAsset } from '@slipway/core/assets/delete-asset';
import { reconcile } from '@slipway/core/reconcile/reconcile';
import { systemPrincipal } from '@slipway/core/shared/principal';
import { StorageError } from '@slipway/platform/object-store/storage-error';
import { reconcileJob } from '@slipway/worker/reconcile/reconcile.job';
import { pino } from 'pino';
import { describeCore } from '../../support/describe-core';
import { embeddedStorage } from '../../support/object-stores';
import { later, storageWith } from '../../support/reconcile-steps';
import { begin, complete, send } from '../../support/upload-steps';

describeCore(
  'the nightly job',
  (stage) => {
    const world = () => later(stage.world.deps, 3);

    async function runJob(deps = world(), signal = new AbortController().signal) {
      const lines: Record<string, unknown>[] = [];
      const write = (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>);
      const log = pino({}, { write });
      await reconcileJob(deps)({}, { jobId: '7', attempt: 1, maxAttempts: 1, signal, log });
      return lines;
    }

    async function uploaded() {
      const begun = await begin(stage.world, stage.user, { projectId: stage.project.id, file: stage.file });
      await send(begun, stage.file.body);
      return (await complete(stage.world, stage.user, begun.upload)).asset;
    }

    test('tells each finding by what became of it, and the counts', async () => {
      const lost = await uploaded();
      const deleted = await uploaded();
      await stage.world.deps.objects.delete(lost.fileKey);
      await deleteAsset(stage.user, deleted.id, stage.world.deps);
      const refuse = (key: string) => Promise.reject(new StorageError('refused', `no ${key}`));
      const { objects } = world();
      const remove = (key: string) => (key === deleted.fileKey ? refuse(key) : objects.delete(key));
      const lines = await runJob({ ...world(), objects: storageWith(objects, { delete: remove }) });
      expect(lines).toContainEqual(
        expect.objectContaining({ level: 50, finding: 'missing_object', asset_id: lost.id }),
      );
      expect(lines).toContainEqual(
        expect.objectContaining({
          level: 50,
          finding: 'stray_object',
          err: expect.objectContaining({ message: `no ${deleted.fileKey}` }),
        }),
      );
      // The incoming objects, which no worker has removed here.
      expect(lines.filter(({ level, finding }) => level === 30 && finding === 'stray_incoming')).toHaveLength(
        2,
      );
      expect(lines.at(-1)).toMatchObject({
        level: 30,
        found: { missing_object: 1, stray_object: 1, stray_incoming: 2 },
        repaired: { stray_incoming: 2 },
        failed: { stray_object: 1 },
      });
      await deleteAsset(stage.user, lost.id, stage.world.deps);
    });

    test('tells a hundred of a kind, and only counts the others', async () => {
      const { objects } = stage.world.deps;
      const keys = Array.from({ length: 130 }, (_, index) => `projects/foreign-${index}`);
      for (const key of keys) await objects.put(key, Buffer.from('x'), { contentType: 'text/plain' });
      const lines = await runJob();
      expect(lines.filter(({ finding }) => finding === 'unknown_object')).toHaveLength(100);
      expect(lines.at(-1)).toMatchObject({ found: { unknown_object: 130 } });
      for (const key of keys) await objects.delete(key);
    });

    test('leaves it to another run that is under way', async () => {
      const nested: Record<string, unknown>[] = [];
      const { objects } = world();
      const list: typeof objects.list = async (...asked) => {
        if (nested.length === 0) nested.push(...(await runJob()));
        return objects.list(...asked);
      };
      await reconcile(
        systemPrincipal(),
        { dryRun: true },
        { ...world(), objects: storageWith(objects, { list }) },
      );
      expect(nested).toEqual([
        expect.objectContaining({ msg: expect.stringContaining('by another process') }),
      ]);
    });

    test('ends when the worker stops', async () => {
      await expect(runJob(world(), AbortSignal.abort(new Error('the worker stops')))).rejects.toThrow(
        'the worker stops',
      );
    });
  },
  [embeddedStorage],
);
