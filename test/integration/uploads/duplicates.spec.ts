import { deleteAsset } from '@slipway/core/assets/delete-asset';
import { hashAsset } from '@slipway/core/assets/hash-asset';
import { Project } from '@slipway/core/projects/project.entity';
import { systemPrincipal } from '@slipway/core/shared/principal';
import { copyDuplicate } from '@slipway/core/uploads/copy-duplicate';
import { expireUpload } from '@slipway/core/uploads/expire-upload';
import { Upload } from '@slipway/core/uploads/upload.entity';
import { describeCore } from '../../support/describe-core';
import { cutAboveFiveMiB, largeFile, sendParts } from '../../support/part-steps';
import { sha256, type TestFile } from '../../support/test-files';
import { begin, complete, send } from '../../support/upload-steps';

describeCore('a file that the project already has', (stage) => {
  cutAboveFiveMiB(stage);

  const beginFile = (file: TestFile = stage.file, projectId = stage.project.id) =>
    begin(stage.world, stage.user, { projectId, file });
  const finish = (upload: Upload) => complete(stage.world, stage.user, upload);
  const deduplicate = (id: string) => stage.world.deps.db.manager.update(Project, id, { deduplicate: true });

  async function uploadFile(file?: TestFile) {
    const begun = await beginFile(file);
    await send(begun, (file ?? stage.file).body);
    return (await finish(begun.upload)).asset;
  }

  test('becomes an asset of its own without a byte being sent', async () => {
    await deduplicate(stage.project.id);
    const first = await uploadFile();
    const { upload, put } = await beginFile();
    expect(put).toBeNull();
    const { asset, created } = await finish(upload);
    expect(created).toBe(true);
    expect(asset.fileKey).not.toBe(first.fileKey);
    const body = await stage.world.deps.objects.readRange(asset.fileKey, 0, 2 ** 26);
    expect(sha256(body)).toBe(sha256(stage.file.body));
    const { length } = stage.file.body;
    expect(await stage.usage()).toMatchObject({ used: 2 * length, reserved: 0, files: 2 });
  });

  test('is known again when it came in parts, once it was hashed', async () => {
    await deduplicate(stage.project.id);
    const file = largeFile();
    const large = await beginFile(file);
    await sendParts(stage.world, stage.user, { upload: large.upload, file });
    const { asset } = await finish(large.upload);
    expect(await stage.world.waitingJobs('hash-asset')).toContainEqual({ asset_id: asset.id });
    expect((await beginFile(file)).upload.sourceAssetId).toBeNull();
    await hashAsset({ assetId: asset.id }, stage.world.deps);
    const { upload } = await beginFile(file);
    expect(upload).toMatchObject({ sourceAssetId: asset.id, partSize: null });
    expect((await finish(upload)).asset.fileSize).toBe(file.body.length);
  });

  test('is made once, also by a repeat after a process that died between the copy and the commit', async () => {
    await deduplicate(stage.project.id);
    await uploadFile();
    const { upload } = await beginFile();
    await copyDuplicate(upload, stage.world.deps);
    expect((await finish(upload)).created).toBe(true);
    expect((await finish(upload)).created).toBe(false);
    expect(await stage.usage()).toMatchObject({ used: 2 * stage.file.body.length, reserved: 0, files: 2 });
  });

  test('outlives the asset it was taken from', async () => {
    await deduplicate(stage.project.id);
    const first = await uploadFile();
    const { upload } = await beginFile();
    const { asset } = await finish(upload);
    await deleteAsset(stage.user, first.id, stage.world.deps);
    await stage.world.deps.objects.delete(first.fileKey);
    expect(await stage.world.deps.objects.head(asset.fileKey)).not.toBeNull();
  });

  test('is sent where the project did not ask for it', async () => {
    await uploadFile();
    expect((await beginFile()).put).not.toBeNull();
  });

  test('is sent when another project has it', async () => {
    await deduplicate(stage.project.id);
    await uploadFile();
    const other = await stage.world.newProject(stage.user);
    await deduplicate(other.id);
    expect((await beginFile(stage.file, other.id)).put).not.toBeNull();
  });

  test('is sent when it is announced as another type', async () => {
    await deduplicate(stage.project.id);
    await uploadFile();
    const file = { ...stage.file, contentType: 'application/octet-stream' };
    expect((await beginFile(file)).put).not.toBeNull();
  });

  test('that was deleted before the completion has to be sent after all, and nothing stays reserved', async () => {
    await deduplicate(stage.project.id);
    const first = await uploadFile();
    const { upload } = await beginFile();
    await deleteAsset(stage.user, first.id, stage.world.deps);
    await stage.world.deps.objects.delete(first.fileKey);
    await expect(finish(upload)).rejects.toMatchObject({ code: 'upload_expired' });
    stage.world.deps.clock.advance(31 * 60_000);
    await expireUpload(systemPrincipal(), { uploadId: upload.id }, stage.world.deps);
    expect(await stage.usage()).toMatchObject({ used: 0, reserved: 0, files: 0 });
    stage.world.deps.clock.reset();
    expect((await beginFile()).put).not.toBeNull();
  });
});
