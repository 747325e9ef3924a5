import { Asset } from '@slipway/core/assets/asset.entity';
import { AuditEvent } from '@slipway/core/audit/audit-event.entity';
import { Rendition } from '@slipway/core/renditions/rendition.entity';
import { cancelUpload } from '@slipway/core/uploads/cancel-upload';
import { completeUpload } from '@slipway/core/uploads/complete-upload';
import { promoteObject } from '@slipway/core/uploads/promote-object';
import { Upload } from '@slipway/core/uploads/upload.entity';
import { describeCore } from '../../support/describe-core';
import { sha256, type TestFile } from '../../support/test-files';
import { begin, complete, send } from '../../support/upload-steps';

describeCore('completing an upload', (stage) => {
  const reload = ({ id }: Upload) => stage.world.deps.db.manager.findOneByOrFail(Upload, { id });
  const stored = (upload: Upload) => stage.world.deps.objects.readRange(upload.fileKey, 0, 2 ** 26);

  const beginFile = (other: Partial<TestFile> = {}) =>
    begin(stage.world, stage.user, { projectId: stage.project.id, file: { ...stage.file, ...other } });

  /** What a storage that enforces nothing would have let in. */
  const smuggle = (upload: Upload, body: Buffer, contentType = upload.contentType) =>
    stage.world.deps.objects.put(upload.incomingKey, body, { contentType });

  test('makes the asset of what was sent, byte for byte, and settles its bytes', async () => {
    const begun = await beginFile();
    expect(await stage.usage()).toMatchObject({ used: 0, reserved: stage.file.body.length, files: 0 });
    expect(await send(begun, stage.file.body)).toBe(200);
    const { asset, created } = await complete(stage.world, stage.user, begun.upload);
    expect(created).toBe(true);
    expect(asset).toMatchObject({
      id: begun.upload.assetId,
      status: 'Processing',
      fileSize: stage.file.body.length,
      checksumSha256: sha256(stage.file.body),
    });
    expect(sha256(await stored(begun.upload))).toBe(sha256(stage.file.body));
    expect(await stage.usage()).toMatchObject({ used: stage.file.body.length, reserved: 0, files: 1 });
  });

  test('writes audit event, renditions and jobs with the asset', async () => {
    const { upload, ...begun } = await beginFile();
    await send({ ...begun, upload }, stage.file.body);
    await complete(stage.world, stage.user, upload);
    const events = await stage.world.deps.db.manager.findBy(AuditEvent, { assetId: upload.assetId });
    expect(events.map((event) => event.action).sort()).toEqual(['upload_begun', 'uploaded']);
    const renditions = await stage.world.deps.db.manager.findBy(Rendition, { assetId: upload.assetId });
    expect(renditions.map(({ name, status }) => `${name} ${status}`).sort()).toEqual([
      'qr-code pending',
      'thumbnail pending',
    ]);
    const ids = renditions.map(({ id }) => ({ rendition_id: id }));
    expect(await stage.world.waitingJobs('generate-rendition')).toEqual(expect.arrayContaining(ids));
    expect(await stage.world.waitingJobs('discard-object')).toContainEqual({ key: upload.incomingKey });
  });

  test('gives the same asset when it is called again', async () => {
    const begun = await beginFile();
    await send(begun, stage.file.body);
    const first = await complete(stage.world, stage.user, begun.upload);
    const again = await complete(stage.world, stage.user, begun.upload);
    expect(again.created).toBe(false);
    expect(again.asset.id).toBe(first.asset.id);
    expect(await stage.usage()).toMatchObject({ used: stage.file.body.length, reserved: 0, files: 1 });
  });

  test('fifty calls at once make one asset and settle once', async () => {
    const begun = await beginFile();
    await send(begun, stage.file.body);
    const results = await Promise.all(
      Array.from({ length: 50 }, () => complete(stage.world, stage.user, begun.upload)),
    );
    expect(results.filter(({ created }) => created)).toHaveLength(1);
    expect(new Set(results.map(({ asset }) => asset.id)).size).toBe(1);
    expect(await stage.usage()).toMatchObject({ used: stage.file.body.length, reserved: 0, files: 1 });
  });

  test('goes on from a promotion whose process died before the commit', async () => {
    const begun = await beginFile();
    await send(begun, stage.file.body);
    await promoteObject(begun.upload, stage.world.deps.objects);
    await stage.world.deps.objects.delete(begun.upload.incomingKey);
    expect((await complete(stage.world, stage.user, begun.upload)).created).toBe(true);
    expect(sha256(await stored(begun.upload))).toBe(sha256(stage.file.body));
  });

  test('waits for the claim of a process that died to lapse', async () => {
    const begun = await beginFile();
    await send(begun, stage.file.body);
    await stage.world.deps.db.query(
      `update uploads set claim = 'dead', claimed_until = now() + interval '1 second' where id = $1`,
      [begun.upload.id],
    );
    expect((await complete(stage.world, stage.user, begun.upload)).created).toBe(true);
  });

  test('an object that never came leaves the upload open', async () => {
    const begun = await beginFile();
    await expect(complete(stage.world, stage.user, begun.upload)).rejects.toMatchObject({
      code: 'object_missing',
    });
    await send(begun, stage.file.body);
    expect((await complete(stage.world, stage.user, begun.upload)).created).toBe(true);
  });

  test('an object that never came before the end of the URL is gone', async () => {
    const begun = await beginFile();
    stage.world.deps.clock.advance(16 * 60_000);
    await expect(complete(stage.world, stage.user, begun.upload)).rejects.toMatchObject({
      code: 'upload_expired',
    });
  });

  test('an object that came in time makes an asset even when the call is late', async () => {
    const begun = await beginFile();
    await send(begun, stage.file.body);
    stage.world.deps.clock.advance(16 * 60_000);
    expect((await complete(stage.world, stage.user, begun.upload)).created).toBe(true);
  });

  describe.each([
    ['size_mismatch', (body: Buffer) => ({ body: Buffer.concat([body, Buffer.from('x')]) })],
    ['type_mismatch', (body: Buffer) => ({ body, contentType: 'text/html' })],
    ['checksum_mismatch', (body: Buffer) => ({ body: Buffer.from(body).reverse() })],
  ])('an object that differs (%s)', (code, change) => {
    let upload: Upload;

    beforeEach(async () => {
      ({ upload } = await beginFile());
      const { body, contentType } = { contentType: upload.contentType, ...change(stage.file.body) };
      await smuggle(upload, body, contentType);
    });

    test('is rejected for good, without an asset, its bytes released and its objects discarded', async () => {
      await expect(complete(stage.world, stage.user, upload)).rejects.toMatchObject({ code });
      await expect(complete(stage.world, stage.user, upload)).rejects.toMatchObject({ code });
      expect(await stage.world.deps.db.manager.findOneBy(Asset, { id: upload.assetId })).toBeNull();
      expect(await stage.usage()).toMatchObject({ used: 0, reserved: 0, files: 0 });
      expect(await reload(upload)).toMatchObject({ status: 'rejected', rejectionCode: code });
      const discarded = await stage.world.waitingJobs('discard-object');
      expect(discarded).toEqual(
        expect.arrayContaining([{ key: upload.incomingKey }, { key: upload.fileKey }]),
      );
    });
  });

  test('HTML named .png is found by its first bytes', async () => {
    const body = Buffer.from('<!doctype html><script>alert(1)</script>'.padEnd(200));
    const begun = await beginFile({ body });
    await send(begun, body);
    await expect(complete(stage.world, stage.user, begun.upload)).rejects.toMatchObject({
      code: 'content_mismatch',
    });
    expect(await reload(begun.upload)).toMatchObject({ status: 'rejected' });
  });

  test('a swapped object is found although the source was right when it was looked at', async () => {
    const begun = await beginFile();
    await send(begun, stage.file.body);
    await promoteObject(begun.upload, stage.world.deps.objects);
    await smuggle(begun.upload, Buffer.from(stage.file.body).reverse());
    await expect(complete(stage.world, stage.user, begun.upload)).rejects.toMatchObject({
      code: 'checksum_mismatch',
    });
    expect(await stage.world.deps.db.manager.findOneBy(Asset, { id: begun.upload.assetId })).toBeNull();
  });

  test('a replay of the URL after completion changes nothing under the final key', async () => {
    const begun = await beginFile();
    await send(begun, stage.file.body);
    await complete(stage.world, stage.user, begun.upload);
    await smuggle(begun.upload, Buffer.from(stage.file.body).reverse());
    expect((await complete(stage.world, stage.user, begun.upload)).created).toBe(false);
    expect(sha256(await stored(begun.upload))).toBe(sha256(stage.file.body));
  });

  test('a file without an announced checksum is taken as it is', async () => {
    const begun = await begin(stage.world, stage.user, {
      projectId: stage.project.id,
      file: stage.file,
      checksum: false,
    });
    await send(begun, stage.file.body);
    expect((await complete(stage.world, stage.user, begun.upload)).created).toBe(true);
  });

  test('another user’s upload does not exist', async () => {
    const begun = await beginFile();
    await send(begun, stage.file.body);
    const stranger = await stage.world.newUser();
    await expect(complete(stage.world, stranger, begun.upload)).rejects.toMatchObject({ code: 'not_found' });
  });

  test('a key of another project does not exist', async () => {
    const { upload } = await beginFile();
    const other = await stage.world.newProject(stage.user);
    const misplaced = Object.assign(new Upload(), upload, { projectId: other.id });
    await expect(complete(stage.world, stage.user, misplaced)).rejects.toMatchObject({ code: 'not_found' });
  });

  test.each([
    ['size_mismatch', { fileSize: 1 }],
    ['type_mismatch', { contentType: 'image/gif' }],
  ])('a call that names another file (%s) leaves the upload open', async (code, change) => {
    const { upload, ...begun } = await beginFile();
    await send({ ...begun, upload }, stage.file.body);
    const input = {
      name: 'x',
      projectId: stage.project.id,
      fileKey: upload.fileKey,
      fileSize: upload.fileSize,
      contentType: upload.contentType,
    };
    await expect(completeUpload(stage.user, { ...input, ...change }, stage.world.deps)).rejects.toMatchObject(
      { code },
    );
    expect((await complete(stage.world, stage.user, upload)).created).toBe(true);
  });

  test('a cancelled upload gives its bytes back and cannot be completed', async () => {
    const begun = await beginFile();
    await send(begun, stage.file.body);
    await cancelUpload(stage.user, begun.upload.assetId, stage.world.deps);
    await cancelUpload(stage.user, begun.upload.assetId, stage.world.deps);
    expect(await stage.usage()).toMatchObject({ used: 0, reserved: 0, files: 0 });
    await expect(complete(stage.world, stage.user, begun.upload)).rejects.toMatchObject({
      code: 'upload_cancelled',
    });
  });

  test('cancelling while completing ends one way or the other, never both', async () => {
    const begun = await beginFile();
    await send(begun, stage.file.body);
    const [completed] = await Promise.allSettled([
      complete(stage.world, stage.user, begun.upload),
      cancelUpload(stage.user, begun.upload.assetId, stage.world.deps),
    ]);
    const { status } = await reload(begun.upload);
    const used = status === 'completed' ? stage.file.body.length : 0;
    expect(completed.status).toBe(status === 'completed' ? 'fulfilled' : 'rejected');
    expect(await stage.usage()).toMatchObject({ used, reserved: 0 });
  });
});
