import { reconcile } from '@slipway/core/reconcile/reconcile';
import { ReconcileRun } from '@slipway/core/reconcile/reconcile-run.entity';
import { systemPrincipal } from '@slipway/core/shared/principal';
import type { Deps } from '@slipway/core/shared/deps';
import { cancelUpload } from '@slipway/core/uploads/cancel-upload';
import type { ListPage, ObjectStore } from '@slipway/platform/object-store/object-store';
import { objectKey } from '@slipway/platform/object-store/object-key';
import { StorageError, type StorageFailure } from '@slipway/platform/object-store/storage-error';
import { describeCore } from '../../support/describe-core';
import { embeddedStorage } from '../../support/object-stores';
import { later, storageWith, sweep } from '../../support/reconcile-steps';
import { begin } from '../../support/upload-steps';

describeCore(
  'a run of the sweep',
  (stage) => {
    const world = (): Deps => later(stage.world.deps, 3);
    const runs = () => world().db.manager.find(ReconcileRun, { order: { startedAt: 'desc', id: 'desc' } });
    const latest = async () => (await runs())[0];

    /** Keys of objects that nobody wants any more. */
    async function strays(count: number): Promise<string[]> {
      const keys: string[] = [];
      for (let made = 0; made < count; made += 1) {
        const { upload } = await begin(stage.world, stage.user, {
          projectId: stage.project.id,
          file: stage.file,
        });
        await cancelUpload(stage.user, upload.assetId, world());
        await world().objects.put(upload.fileKey, Buffer.from('stray'), { contentType: 'text/plain' });
        keys.push(upload.fileKey);
      }
      return keys;
    }

    const refusing = (key: string, failure: StorageFailure): Deps => {
      const { objects } = world();
      const remove = (asked: string) =>
        asked === key ? Promise.reject(new StorageError(failure, `no ${key}`)) : objects.delete(asked);
      return { ...world(), objects: storageWith(objects, { delete: remove }) };
    };

    test('counts a repair that fails, makes the others, and tries it again the next time', async () => {
      const [, refused = ''] = await strays(3);
      const { run } = await sweep(refusing(refused, 'refused'), { dryRun: false });
      expect(run).toMatchObject({
        found: { stray_object: 3 },
        repaired: { stray_object: 2 },
        failed: { stray_object: 1 },
        error: null,
      });
      expect(await latest()).toEqual(run);
      const again = await sweep(world(), { dryRun: false });
      expect(again.run).toMatchObject({
        found: { stray_object: 1 },
        repaired: { stray_object: 1 },
        failed: {},
      });
    });

    test('tells the error of a repair that fails', async () => {
      const [refused = ''] = await strays(1);
      const errors: unknown[] = [];
      const onFinding = (_: unknown, outcome: { error?: unknown }) => void errors.push(outcome.error);
      await reconcile(systemPrincipal(), { dryRun: false, onFinding }, refusing(refused, 'refused'));
      expect(errors).toEqual([expect.objectContaining({ message: `no ${refused}` })]);
      await sweep(world(), { dryRun: false });
    });

    test.each([
      ['while it repairs', async () => refusing((await strays(1))[0] ?? '', 'unavailable')],
      [
        'while it lists',
        async () => {
          const { objects } = world();
          const list = () => Promise.reject(new StorageError('unavailable', 'no answer'));
          return { ...world(), objects: storageWith(objects, { list }) };
        },
      ],
    ])('ends when the storage goes away %s, and stays on record as unfinished', async (_, without) => {
      await expect(sweep(await without(), { dryRun: false })).rejects.toThrow(StorageError);
      expect(await latest()).toMatchObject({ finishedAt: null, error: expect.stringContaining('no ') });
      expect((await sweep(world(), { dryRun: false })).run.finishedAt).not.toBeNull();
    });

    test('ends between two pages when it is told to', async () => {
      const stopping = new AbortController();
      const { objects } = world();
      const pages: string[] = [];
      const list = async (prefix: string): Promise<ListPage> => {
        pages.push(prefix);
        stopping.abort(new Error('the worker stops'));
        return { objects: [], next: `${prefix}more` };
      };
      const deps = { ...world(), objects: storageWith(objects, { list }) };
      await expect(sweep(deps, { dryRun: false, signal: stopping.signal })).rejects.toThrow(
        'the worker stops',
      );
      expect(pages).toEqual([objectKey.incomingPrefix]);
      expect(await latest()).toMatchObject({ finishedAt: null, error: 'the worker stops' });
    });

    /** A run that stands still where it lists, until it is let go. */
    function standing() {
      const { objects } = world();
      const gate = { open: (): void => undefined, reached: (): void => undefined };
      const opened = new Promise<void>((resolve) => (gate.open = resolve));
      const reached = new Promise<void>((resolve) => (gate.reached = resolve));
      const list: ObjectStore['list'] = async (...asked) => {
        gate.reached();
        await opened;
        return objects.list(...asked);
      };
      const deps = { ...world(), objects: storageWith(objects, { list }) };
      return { ended: sweep(deps, { dryRun: false }), reached, open: () => gate.open() };
    }

    test('is the only one, in whatever process', async () => {
      const first = standing();
      await first.reached;
      expect(await reconcile(systemPrincipal(), { dryRun: true }, world())).toBeNull();
      first.open();
      expect((await first.ended).run.finishedAt).not.toBeNull();
      expect((await sweep(world(), { dryRun: true })).run.finishedAt).not.toBeNull();
    });

    test('that died blocks nobody, and one that lost its connection ends', async () => {
      const first = standing();
      const lost = first.ended.catch((error: unknown) => error);
      await first.reached;
      await world().db.query(
        `select pg_terminate_backend(pid) from pg_locks
          where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())`,
      );
      const { run } = await sweep(world(), { dryRun: true });
      expect(run.finishedAt).not.toBeNull();
      first.open();
      expect(await lost).toMatchObject({ message: 'The run lost its connection to the database.' });
      const [, died] = await runs();
      expect(died).toMatchObject({ finishedAt: null });
    });
  },
  [embeddedStorage],
);
