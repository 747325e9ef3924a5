import { Asset } from '@slipway/core/assets/asset.entity';
import { deleteAsset } from '@slipway/core/assets/delete-asset';
import { generateRendition } from '@slipway/core/renditions/generate-rendition';
import { Rendition } from '@slipway/core/renditions/rendition.entity';
import { createThumbnailer, type Thumbnailer } from '@slipway/platform/media/thumbnailer';
import type { RenditionName } from '@slipway/platform/object-store/object-key';
import { StorageError } from '@slipway/platform/object-store/storage-error';
import sharp from 'sharp';
import { describeCore } from '../../support/describe-core';
import type { TestFile } from '../../support/test-files';
import { begin, complete, send } from '../../support/upload-steps';

const thumbnailer = createThumbnailer({ concurrency: 1 });

/** A decoder that reaches its time limit, as a hostile file makes it. */
const hanging = createThumbnailer({ concurrency: 1, limits: { timeoutMs: 1 } });

describeCore('a rendition', (stage) => {
  const deps = () => stage.world.deps;

  const upload = async (file: TestFile = stage.file): Promise<Asset> => {
    const begun = await begin(stage.world, stage.user, { projectId: stage.project.id, file });
    await send(begun, file.body);
    return (await complete(stage.world, stage.user, begun.upload)).asset;
  };
  const rendition = (asset: Asset, name: RenditionName) =>
    deps().db.manager.findOneByOrFail(Rendition, { assetId: asset.id, name });
  const reload = ({ id }: Asset) => deps().db.manager.findOneByOrFail(Asset, { id });

  async function generate(
    asset: Asset,
    name: RenditionName,
    { by = thumbnailer, attempt = 1 }: { by?: Thumbnailer; attempt?: number } = {},
  ): Promise<void> {
    const { id } = await rendition(asset, name);
    await generateRendition({ renditionId: id, attempt, maxAttempts: 25 }, { ...deps(), thumbnailer: by });
  }

  test('of each kind is stored, and the last one publishes the asset', async () => {
    const asset = await upload();
    await generate(asset, 'qr-code');
    expect(await reload(asset)).toMatchObject({ status: 'Processing', thumbnailKey: null });
    await generate(asset, 'thumbnail');
    const thumbnail = await rendition(asset, 'thumbnail');
    expect(thumbnail).toMatchObject({ status: 'ready', contentType: 'image/jpeg', width: 320, height: 200 });
    expect(await reload(asset)).toMatchObject({
      status: 'Published',
      thumbnailKey: thumbnail.key,
      width: 320,
      height: 200,
    });
    const stored = await deps().objects.readRange(thumbnail.key, 0, Number(thumbnail.fileSize) + 1);
    expect(await sharp(stored).metadata()).toMatchObject({ format: 'jpeg', width: 320, height: 200 });
  });

  test('is not made again by a job that comes twice', async () => {
    const asset = await upload();
    await generate(asset, 'thumbnail');
    const first = await rendition(asset, 'thumbnail');
    await generate(asset, 'thumbnail');
    expect(await rendition(asset, 'thumbnail')).toEqual(first);
  });

  test('of a broken picture fails at once with a reason, and the asset is published', async () => {
    const half = stage.file.body.subarray(0, stage.file.body.length / 2);
    const asset = await upload({ ...stage.file, body: Buffer.from(half) });
    await generate(asset, 'thumbnail');
    await generate(asset, 'qr-code');
    expect(await rendition(asset, 'thumbnail')).toMatchObject({
      status: 'failed',
      reason: expect.stringMatching(/^The image is /),
    });
    expect(await reload(asset)).toMatchObject({ status: 'Published', thumbnailKey: null });
  });

  test('that hits a limit is tried once more, and fails with its reason when it does so again', async () => {
    const asset = await upload();
    await expect(generate(asset, 'thumbnail', { by: hanging })).rejects.toThrow('longer than');
    expect(await rendition(asset, 'thumbnail')).toMatchObject({ status: 'pending' });
    await generate(asset, 'thumbnail', { by: hanging, attempt: 2 });
    expect(await rendition(asset, 'thumbnail')).toMatchObject({
      status: 'failed',
      reason: expect.stringContaining('longer than'),
    });
  });

  test('waits for a storage that is away, and is given up with the last attempt only', async () => {
    const asset = await upload();
    const away: Thumbnailer = { thumbnail: () => Promise.reject(new StorageError('unavailable', 'away')) };
    await expect(generate(asset, 'thumbnail', { by: away, attempt: 24 })).rejects.toThrow('away');
    expect(await rendition(asset, 'thumbnail')).toMatchObject({ status: 'pending' });
    await expect(generate(asset, 'thumbnail', { by: away, attempt: 25 })).rejects.toThrow('away');
    expect(await rendition(asset, 'thumbnail')).toMatchObject({ status: 'failed' });
  });

  test('of an asset that is deleted while it is made leaves no object behind', async () => {
    const asset = await upload();
    const deletesMeanwhile: Thumbnailer = {
      thumbnail: async (...input) => {
        const made = await thumbnailer.thumbnail(...input);
        await deleteAsset(stage.user, asset.id, deps());
        return made;
      },
    };
    await generate(asset, 'thumbnail', { by: deletesMeanwhile });
    const { key, status } = await rendition(asset, 'thumbnail');
    expect(status).toBe('pending');
    expect(await deps().objects.head(key)).toBeNull();
  });

  test('that was stored but not recorded before its asset was deleted leaves no object behind', async () => {
    const asset = await upload();
    const { key } = await rendition(asset, 'thumbnail');
    await deleteAsset(stage.user, asset.id, deps());
    await deps().objects.put(key, Buffer.from('of an attempt that died'), { contentType: 'image/jpeg' });
    await generate(asset, 'thumbnail');
    expect(await deps().objects.head(key)).toBeNull();
  });

  test('of a model is only its QR code', async () => {
    const body = Buffer.from('glTF\x02\0\0\0'.padEnd(64, '\0'), 'latin1');
    const asset = await upload({ name: 'a.glb', contentType: 'model/gltf-binary', body });
    expect(await deps().db.manager.countBy(Rendition, { assetId: asset.id })).toBe(1);
    await generate(asset, 'qr-code');
    expect(await reload(asset)).toMatchObject({ status: 'Published' });
  });
});
