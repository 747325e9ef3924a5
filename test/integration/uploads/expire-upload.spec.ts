import { Asset } from '@slipway/core/assets/asset.entity';
import { systemPrincipal } from '@slipway/core/shared/principal';
import { endWithoutAsset } from '@slipway/core/uploads/end-without-asset';
import { expireUpload } from '@slipway/core/uploads/expire-upload';
import { Upload } from '@slipway/core/uploads/upload.entity';
import { describeCore } from '../../support/describe-core';
import { begin, complete, send } from '../../support/upload-steps';

describeCore('an upload whose time is over', (stage) => {
  const beginFile = () => begin(stage.world, stage.user, { projectId: stage.project.id, file: stage.file });
  const expire = (upload: Upload) =>
    expireUpload(systemPrincipal(), { uploadId: upload.id }, stage.world.deps);
  const statusOf = async ({ id }: Upload) =>
    (await stage.world.deps.db.manager.findOneByOrFail(Upload, { id })).status;
  const incoming = (upload: Upload) => stage.world.deps.objects.head(upload.incomingKey);
  const letTimePass = () => stage.world.deps.clock.advance(31 * 60_000);

  test('gives its bytes back when nothing came, and looks once more for a late PUT', async () => {
    const { upload } = await beginFile();
    letTimePass();
    await expire(upload);
    expect(await statusOf(upload)).toBe('expired');
    expect(await stage.usage()).toMatchObject({ used: 0, reserved: 0, files: 0 });
    const sweeps = (await stage.world.waitingJobs('discard-object')).filter(
      (payload) => (payload as { key: string }).key === upload.incomingKey,
    );
    expect(sweeps).toHaveLength(2);
  });

  test('whose claim was taken over meanwhile is tried again by the job, not forgotten', async () => {
    const { upload } = await beginFile();
    const { manager } = stage.world.deps.db;
    await manager.update(Upload, upload.id, { claim: 'of another call' });
    await expect(
      endWithoutAsset(stage.user, { upload, status: 'cancelled' }, stage.world.deps),
    ).rejects.toMatchObject({ code: 'upload_busy' });
    expect(await statusOf(upload)).toBe('pending');
  });

  test('becomes an asset when the file came and the browser never called back', async () => {
    const begun = await beginFile();
    await send(begun, stage.file.body);
    letTimePass();
    await expire(begun.upload);
    const asset = await stage.world.deps.db.manager.findOneByOrFail(Asset, { id: begun.upload.assetId });
    expect(asset).toMatchObject({ name: stage.file.name, createdBy: stage.user.id });
    expect(await stage.usage()).toMatchObject({ used: stage.file.body.length, reserved: 0, files: 1 });
  });

  test('is rejected when something else came', async () => {
    const { upload } = await beginFile();
    await stage.world.deps.objects.put(upload.incomingKey, Buffer.from('nothing like it'), {
      contentType: upload.contentType,
    });
    letTimePass();
    await expire(upload);
    expect(await statusOf(upload)).toBe('rejected');
    expect(await stage.usage()).toMatchObject({ used: 0, reserved: 0 });
  });

  test('leaves a completed upload alone and removes what a replay put there', async () => {
    const begun = await beginFile();
    await send(begun, stage.file.body);
    await complete(stage.world, stage.user, begun.upload);
    await send(begun, stage.file.body);
    expect(await incoming(begun.upload)).not.toBeNull();
    letTimePass();
    await expire(begun.upload);
    expect(await statusOf(begun.upload)).toBe('completed');
    expect(await incoming(begun.upload)).toBeNull();
  });

  test('can be expired again and again', async () => {
    const { upload } = await beginFile();
    letTimePass();
    await expire(upload);
    await expire(upload);
    expect(await stage.usage()).toMatchObject({ used: 0, reserved: 0, files: 0 });
  });
});
