import { Asset } from '@slipway/core/assets/asset.entity';
import { AuditEvent } from '@slipway/core/audit/audit-event.entity';
import { systemPrincipal } from '@slipway/core/shared/principal';
import { cancelUpload } from '@slipway/core/uploads/cancel-upload';
import { completeUpload } from '@slipway/core/uploads/complete-upload';
import { finishByEvent } from '@slipway/core/uploads/finish-by-event';
import { Upload } from '@slipway/core/uploads/upload.entity';
import { describeCore } from '../../support/describe-core';
import { begin, complete, send } from '../../support/upload-steps';

describeCore('an upload of which the storage says that it has arrived', (stage) => {
  const beginFile = () => begin(stage.world, stage.user, { projectId: stage.project.id, file: stage.file });
  const finish = ({ id }: Upload, lastTry = false) =>
    finishByEvent(systemPrincipal(), { uploadId: id, lastTry }, stage.world.deps);
  const assetOf = ({ assetId }: Upload) => stage.world.deps.db.manager.findOneBy(Asset, { id: assetId });
  const nameIt = (upload: Upload, name: string) => {
    const { projectId, fileKey, fileSize, contentType } = upload;
    const input = { name, projectId, fileKey, fileSize, contentType };
    return completeUpload(stage.user, input, stage.world.deps);
  };

  test('becomes the asset without its browser, called by its file name', async () => {
    const begun = await beginFile();
    await send(begun, stage.file.body);
    await finish(begun.upload);
    expect(await assetOf(begun.upload)).toMatchObject({ name: stage.file.name, createdBy: stage.user.id });
    expect(await stage.usage()).toMatchObject({ used: stage.file.body.length, reserved: 0, files: 1 });
  });

  test('takes the name that its browser gives it afterwards, once', async () => {
    const begun = await beginFile();
    await send(begun, stage.file.body);
    await finish(begun.upload);
    const first = await nameIt(begun.upload, 'Harbour at dusk');
    expect(first).toMatchObject({ created: false, asset: { name: 'Harbour at dusk' } });
    expect((await nameIt(begun.upload, 'Another')).asset.name).toBe('Harbour at dusk');
    const events = await stage.world.deps.db.manager.findBy(AuditEvent, { assetId: begun.upload.assetId });
    expect(events.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['upload_begun', 'uploaded', 'renamed']),
    );
  });

  test('is one asset when event and browser come at once, and called what the browser says', async () => {
    const begun = await beginFile();
    await send(begun, stage.file.body);
    await Promise.all([finish(begun.upload), finish(begun.upload), nameIt(begun.upload, 'Dusk')]);
    expect(await assetOf(begun.upload)).toMatchObject({ name: 'Dusk' });
    expect(await stage.usage()).toMatchObject({ files: 1, reserved: 0 });
  });

  test('is tried again while the object does not show, and then left to its expiry', async () => {
    const { upload } = await beginFile();
    await expect(finish(upload)).rejects.toMatchObject({ code: 'object_missing' });
    await expect(finish(upload, true)).resolves.toBeUndefined();
    expect(await stage.usage()).toMatchObject({ reserved: stage.file.body.length });
  });

  test('that is not what was announced is rejected, which is no failure of the job', async () => {
    const { upload } = await beginFile();
    const { contentType, incomingKey, id } = upload;
    await stage.world.deps.objects.put(incomingKey, Buffer.from('something else'), { contentType });
    await expect(finish(upload)).resolves.toBeUndefined();
    const { status } = await stage.world.deps.db.manager.findOneByOrFail(Upload, { id });
    expect(status).toBe('rejected');
  });

  test('that was cancelled before leaves nothing in the bucket', async () => {
    const begun = await beginFile();
    await cancelUpload(stage.user, begun.upload.assetId, stage.world.deps);
    await send(begun, stage.file.body);
    await finish(begun.upload);
    expect(await stage.world.deps.objects.head(begun.upload.incomingKey)).toBeNull();
    expect(await assetOf(begun.upload)).toBeNull();
  });

  test('and was completed long ago stays as it is', async () => {
    const begun = await beginFile();
    await send(begun, stage.file.body);
    const { asset } = await complete(stage.world, stage.user, begun.upload);
    await finish(begun.upload);
    expect(await assetOf(begun.upload)).toEqual(asset);
  });

  test('nobody has heard of is ignored', async () => {
    const unknown = { uploadId: 'UPL-0', lastTry: false };
    await expect(finishByEvent(systemPrincipal(), unknown, stage.world.deps)).resolves.toBeUndefined();
  });
});
