import type { Asset } from '@slipway/core/assets/asset.entity';
import { Asset as AssetEntity } from '@slipway/core/assets/asset.entity';
import { askForRotation } from '@slipway/core/assets/ask-for-rotation';
import { assetUrls, openSigningContext } from '@slipway/core/assets/asset-urls';
import { deleteAsset } from '@slipway/core/assets/delete-asset';
import { purgeAssetObjects } from '@slipway/core/assets/purge-asset-objects';
import { requireVisible } from '@slipway/core/assets/require-asset';
import { AuditEvent } from '@slipway/core/audit/audit-event.entity';
import { generateRendition } from '@slipway/core/renditions/generate-rendition';
import { Rendition } from '@slipway/core/renditions/rendition.entity';
import { rotateAsset } from '@slipway/core/renditions/rotate-asset';
import type { Deps } from '@slipway/core/shared/deps';
import { systemPrincipal } from '@slipway/core/shared/principal';
import { objectKey } from '@slipway/platform/object-store/object-key';
import { createThumbnailer, type Thumbnailer } from '@slipway/platform/media/thumbnailer';
import { describeCore } from '../../support/describe-core';
import { Crash, mortal } from '../../support/fuse';
import { later as laterBy, sweep } from '../../support/reconcile-steps';
import { runDueJobs } from '../../support/run-due-jobs';
import { storeFile } from '../../support/store-file';
import { sha256 } from '../../support/test-files';

const SYSTEM = systemPrincipal();

describeCore('rotating an asset', (stage) => {
  let thumbnailer: Thumbnailer;
  let asset: Asset;
  const deps = () => stage.world.deps;
  const later = () => new Date(deps().clock.now().getTime() + 60_000);
  const now = () => deps().db.manager.findOneByOrFail(AssetEntity, { id: asset.id });
  const renditions = () => deps().db.manager.findBy(Rendition, { assetId: asset.id });
  const ask = (by = stage.user) => askForRotation(by, asset.id, deps());
  const rotate = (world: Deps = deps(), lastTry = false) =>
    rotateAsset(SYSTEM, { assetId: asset.id, lastTry }, world);
  const keysOf = async (): Promise<string[]> => {
    const { objects } = await deps().objects.list(objectKey.assetPrefix(asset.projectId, asset.id));
    return objects.map(({ key }) => key).sort();
  };
  const knownKeys = async (): Promise<string[]> => {
    const { fileKey } = await now();
    return [fileKey, ...(await renditions()).map(({ key }) => key)].sort();
  };
  const discard = () =>
    runDueJobs(
      deps().db,
      {
        'discard-object': async ({ key }) => deps().objects.delete(key),
        'purge-asset-objects': ({ asset_id: assetId }) => purgeAssetObjects({ assetId }, deps()),
      },
      later(),
    );
  const urls = async (): Promise<string[]> => {
    const visible = await requireVisible(stage.user, { id: asset.id }, deps());
    const { accessUrl, thumbnailUrl, qrCodeUrl } = assetUrls(
      visible,
      await openSigningContext(stage.user, deps()),
    );
    return [accessUrl, thumbnailUrl, qrCodeUrl].map(String);
  };
  const statusOf = async (url: string): Promise<number> => {
    const response = await fetch(url);
    await response.arrayBuffer();
    return response.status;
  };
  const statuses = (all: string[]) => Promise.all(all.map(statusOf));
  const events = async (): Promise<string[]> => {
    const found = await deps().db.manager.find(AuditEvent, {
      where: { assetId: asset.id },
      order: { seq: 'asc' },
    });
    return found.map(({ action }) => action).filter((action) => action.startsWith('rotat'));
  };

  beforeAll(() => {
    thumbnailer = createThumbnailer({ concurrency: 1 });
  });

  beforeEach(async () => {
    await deps().db.query('delete from graphile_worker._private_jobs');
    const { id: projectId } = stage.project;
    const made = await storeFile(stage.world, stage.user, {
      projectId,
      file: { ...stage.file, name: 'ü +%.png' },
    });
    asset = made;
    for (const { id } of await renditions()) {
      const input = { renditionId: id, attempt: 1, maxAttempts: 3 };
      await generateRendition(input, { ...deps(), thumbnailer });
    }
    await discard();
    asset = await now();
  });

  test('lets old URLs die, and new ones open the same bytes', async () => {
    const before = await urls();
    expect(await statuses(before)).toEqual([200, 200, 200]);
    await ask();
    await rotate();
    await discard();
    expect(await statuses(before)).toEqual([404, 404, 404]);
    const after = await urls();
    expect(await statuses(after)).toEqual([200, 200, 200]);
    const body = await (await fetch(String(after[0]))).arrayBuffer();
    expect(sha256(Buffer.from(body))).toBe(sha256(stage.file.body));
    expect(await keysOf()).toEqual(await knownKeys());
    expect(await now()).toMatchObject({ keyVersion: 1, movingTo: null, privateRef: asset.privateRef });
    expect(await events()).toEqual(['rotation_asked', 'rotated']);
  });

  test('again and again leaves one set of objects, all under its prefix', async () => {
    for (let turn = 1; turn <= 3; turn += 1) {
      await ask();
      await rotate();
      await discard();
      expect(await keysOf()).toEqual(await knownKeys());
      expect((await now()).fileKey).toMatch(
        new RegExp(`/assets/${asset.id}/v${turn}-[0-9a-f]{16}/ü \\+%\\.png$`),
      );
    }
    await deleteAsset(stage.user, asset.id, deps());
    await discard();
    expect(await keysOf()).toEqual([]);
  });

  test('one at a time, and not while renditions are being made', async () => {
    await ask();
    await expect(ask()).rejects.toMatchObject({ code: 'asset_busy' });
    await rotate();
    await deps().db.query(`update assets set status = 'Processing' where id = $1`, [asset.id]);
    await expect(ask()).rejects.toMatchObject({ code: 'asset_busy' });
  });

  test('is for editors', async () => {
    const viewer = await stage.world.newUser();
    await stage.world.addMember(stage.project, viewer, 'viewer');
    await expect(ask(viewer)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(ask(await stage.world.newUser())).rejects.toMatchObject({ code: 'not_found' });
  });

  test('a death at any call leaves it readable, and a repeat finishes with nothing left over', async () => {
    for (let point = 1, died = true; died; point += 1) {
      await ask();
      died = await rotate(mortal(deps(), point)).then(
        () => false,
        (error: unknown) => error instanceof Crash,
      );
      expect(await statuses(await urls())).toEqual([200, 200, 200]);
      await rotate();
      await discard();
      expect(await statuses(await urls())).toEqual([200, 200, 200]);
      expect(await keysOf()).toEqual(await knownKeys());
    }
    expect((await now()).keyVersion).toBeGreaterThan(5);
  });

  test('that cannot be done is given up in the end, and leaves it as it was', async () => {
    const before = await urls();
    await ask();
    const broken: Deps = {
      ...deps(),
      objects: new Proxy(deps().objects, {
        get: (of, name) =>
          name === 'copy' ? () => Promise.reject(new Error('no copies')) : (Reflect.get(of, name) as unknown),
      }),
    };
    await expect(rotate(broken)).rejects.toThrow('no copies');
    await expect(ask()).rejects.toMatchObject({ code: 'asset_busy' });
    await expect(rotate(broken, true)).rejects.toThrow('no copies');
    await discard();
    expect(await statuses(before)).toEqual([200, 200, 200]);
    expect(await keysOf()).toEqual(await knownKeys());
    expect(await events()).toEqual(['rotation_asked', 'rotation_failed']);
    await ask();
  });

  test('that takes days is not swept away, and what is left of a dead one is', async () => {
    await ask();
    const copy = objectKey.inFolder((await now()).movingTo ?? '', asset.fileKey);
    await deps().objects.put(copy, stage.file.body, { contentType: asset.contentType });
    const inDays = laterBy(deps(), 6 * 24);
    const { found } = await sweep(inDays, { dryRun: false });
    expect(found.filter(([, facts]) => facts['asset_id'] === asset.id)).toEqual([]);
    expect(await deps().objects.head(copy)).not.toBeNull();
    await deps().db.query('update assets set moving_to = null where id = $1', [asset.id]);
    await sweep(inDays, { dryRun: false });
    expect(await keysOf()).toEqual(await knownKeys());
  });

  test('of an asset that is deleted meanwhile leaves nothing', async () => {
    await ask();
    const { objects } = deps();
    const deleting: Deps = {
      ...deps(),
      objects: new Proxy(objects, {
        get: (of, name) => {
          if (name !== 'copy') return Reflect.get(of, name) as unknown;
          return async (...copy: Parameters<typeof objects.copy>) => {
            const copied = await of.copy(...copy);
            await deleteAsset(stage.user, asset.id, deps()).catch(() => undefined);
            return copied;
          };
        },
      }),
    };
    await rotate(deleting);
    await discard();
    expect(await keysOf()).toEqual([]);
  });

  test('waits for a rendition that is being made again', async () => {
    await ask();
    const [rendition] = await renditions();
    await deps().db.manager.update(Rendition, rendition?.id ?? '', { status: 'pending' });
    await expect(rotate()).rejects.toThrow('is being made again');
    await deps().db.manager.update(Rendition, rendition?.id ?? '', { status: 'ready' });
    await rotate();
    await discard();
    expect(await keysOf()).toEqual(await knownKeys());
  });

  test('whose worker died in its last try can be asked for again', async () => {
    await ask();
    await deps().db.query('delete from graphile_worker._private_jobs');
    await ask();
    await rotate();
    await discard();
    expect(await keysOf()).toEqual(await knownKeys());
  });
});
