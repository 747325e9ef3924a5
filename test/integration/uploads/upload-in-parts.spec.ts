import { Asset } from '@slipway/core/assets/asset.entity';
import { systemPrincipal } from '@slipway/core/shared/principal';
import { beginUpload } from '@slipway/core/uploads/begin-uploads';
import { cancelUpload } from '@slipway/core/uploads/cancel-upload';
import { expireUpload } from '@slipway/core/uploads/expire-upload';
import { readUpload } from '@slipway/core/uploads/read-upload';
import { signParts } from '@slipway/core/uploads/sign-parts';
import { storageUploadOf } from '@slipway/core/uploads/storage-upload';
import { UploadPart } from '@slipway/core/uploads/upload-part.entity';
import { Upload } from '@slipway/core/uploads/upload.entity';
import { describeCore } from '../../support/describe-core';
import { announcePart, cutAboveFiveMiB, largeFile, partBody, sendParts } from '../../support/part-steps';
import { sha256, type TestFile } from '../../support/test-files';
import { begin, complete } from '../../support/upload-steps';

const MIB = 1024 * 1024;
const HOUR_MS = 3_600_000;

describeCore('an upload in parts', (stage) => {
  let file: TestFile;

  beforeAll(() => {
    file = largeFile();
  });
  cutAboveFiveMiB(stage);

  const beginFile = async () =>
    (await begin(stage.world, stage.user, { projectId: stage.project.id, file })).upload;
  const reload = ({ id }: Upload) => stage.world.deps.db.manager.findOneByOrFail(Upload, { id });
  const sendAll = (upload: Upload, numbers?: number[]) =>
    sendParts(stage.world, stage.user, { upload, file, ...(numbers && { numbers }) });
  const finish = (upload: Upload) => complete(stage.world, stage.user, upload);
  const stored = async (key: string) => sha256(await stage.world.deps.objects.readRange(key, 0, 2 ** 26));
  const state = ({ assetId }: Upload) => readUpload(stage.user, assetId, stage.world.deps);
  const targetOf = async (upload: Upload) => {
    const target = storageUploadOf(await reload(upload));
    if (!target) throw new Error('The storage has no upload yet');
    return target;
  };
  const expire = (upload: Upload) =>
    expireUpload(systemPrincipal(), { uploadId: upload.id }, stage.world.deps);

  /** What a storage that enforces nothing would have let in. */
  async function smuggle(upload: Upload, partNumber: number, body: Buffer): Promise<void> {
    const { storageUploadId, key } = await targetOf(upload);
    const signing = await stage.world.deps.uploadSigner.open();
    const now = new Date();
    const { checksumSha256, contentMd5 } = announcePart(upload, partNumber, body);
    const size = body.length;
    const options = { storageUploadId, partNumber, size, checksumSha256, contentMd5, now, expiresIn: 60 };
    const { url, headers } = signing.part(key, options);
    const response = await fetch(url, { method: 'PUT', headers, body: Buffer.from(body) });
    expect(response.status).toBe(200);
  }

  test('begins without asking the storage, and reserves its bytes', async () => {
    const upload = await beginFile();
    expect(upload).toMatchObject({ partSize: 8 * MIB, partCount: 2, storageUploadId: null });
    expect(await stage.usage()).toMatchObject({ used: 0, reserved: file.body.length });
    const listed = await stage.world.deps.objects.listMultiparts(upload.fileKey);
    expect(listed.uploads).toEqual([]);
  });

  test('becomes the asset, byte for byte, and settles its bytes', async () => {
    const upload = await beginFile();
    expect(await sendAll(upload)).toEqual([200, 200]);
    const { asset, created } = await finish(upload);
    expect(created).toBe(true);
    expect(asset).toMatchObject({ id: upload.assetId, fileSize: file.body.length, checksumSha256: null });
    expect(await stored(upload.fileKey)).toBe(sha256(file.body));
    expect(await stage.usage()).toMatchObject({ used: file.body.length, reserved: 0, files: 1 });
  });

  test('is no object before the server completes it', async () => {
    const upload = await beginFile();
    await sendAll(upload);
    expect(await stage.world.deps.objects.head(upload.fileKey)).toBeNull();
  });

  test('fifty completions at once make one asset and settle once', async () => {
    const upload = await beginFile();
    await sendAll(upload);
    const results = await Promise.all(Array.from({ length: 50 }, () => finish(upload)));
    expect(results.filter(({ created }) => created)).toHaveLength(1);
    expect(await stage.usage()).toMatchObject({ used: file.body.length, reserved: 0, files: 1 });
  });

  test('that lacks parts stays open, says how many, and is completed when they came', async () => {
    const upload = await beginFile();
    await expect(finish(upload)).rejects.toMatchObject({
      code: 'object_missing',
      facts: { missing_parts: 2 },
    });
    await sendAll(upload, [2]);
    await expect(finish(upload)).rejects.toMatchObject({
      code: 'object_missing',
      facts: { missing_parts: 1 },
    });
    await sendAll(upload, [1]);
    expect((await finish(upload)).created).toBe(true);
  });

  test('tells what the storage has, so that its client sends only the rest', async () => {
    const upload = await beginFile();
    expect((await state(upload)).parts).toEqual([]);
    await sendAll(upload, [2]);
    expect((await state(upload)).parts).toEqual([
      expect.objectContaining({ partNumber: 2, size: partBody(upload, file, 2).length }),
    ]);
    await sendAll(upload, [1]);
    await finish(upload);
    expect(await state(upload)).toMatchObject({ upload: { status: 'completed' }, parts: [] });
  });

  test('does not take another part of the same length', async () => {
    const upload = await beginFile();
    await sendAll(upload);
    const other = Buffer.from(partBody(upload, file, 2));
    other[0] = other[0]! ^ 1;
    await smuggle(upload, 2, other);
    await expect(finish(upload)).rejects.toMatchObject({
      code: 'object_missing',
      facts: { missing_parts: 1 },
    });
    expect((await state(upload)).parts.map(({ partNumber }) => partNumber)).toEqual([1]);
    await sendAll(upload, [2]);
    await finish(upload);
    expect(await stored(upload.fileKey)).toBe(sha256(file.body));
  });

  test('on a storage that tells no sums is read back, and another part found out', async () => {
    const upload = await beginFile();
    await stage.world.deps.db.manager.update(Upload, upload.id, { partChecksum: 'none' });
    const lax = await reload(upload);
    await sendAll(lax);
    const other = Buffer.from(partBody(lax, file, 2));
    other[0] = other[0]! ^ 1;
    await stage.world.deps.db.manager.update(
      UploadPart,
      { uploadId: upload.id, partNumber: 2 },
      { checksumSha256: sha256(other) },
    );
    const refused = finish(upload);
    // A storage that does tell the sums has the part missing; one that does not is read back.
    await expect(refused).rejects.toMatchObject({
      code: expect.stringMatching(/^(object_missing|checksum_mismatch)$/),
    });
    expect(await stage.world.deps.db.manager.findOneBy(Asset, { id: upload.assetId })).toBeNull();
  });

  test('on a storage that tells no sums is read back, and passes when it is the file', async () => {
    const upload = await beginFile();
    await stage.world.deps.db.manager.update(Upload, upload.id, { partChecksum: 'none' });
    await sendAll(await reload(upload));
    expect((await finish(upload)).created).toBe(true);
  });

  test('goes on from a completion whose process died before the commit', async () => {
    const upload = await beginFile();
    await sendAll(upload);
    const { objects } = stage.world.deps;
    const target = await targetOf(upload);
    await objects.completeMultipart(target, (await objects.listParts(target)) ?? []);
    expect((await state(upload)).parts).toHaveLength(2);
    expect((await finish(upload)).created).toBe(true);
    expect(await stored(upload.fileKey)).toBe(sha256(file.body));
  });

  test('that the storage has dropped begins again in the storage, under the same name', async () => {
    const upload = await beginFile();
    await sendAll(upload);
    await stage.world.deps.objects.abortMultipart(await targetOf(upload));
    expect((await state(upload)).parts).toEqual([]);
    await expect(finish(upload)).rejects.toMatchObject({
      code: 'object_missing',
      facts: { missing_parts: 2 },
    });
    expect(await sendAll(upload)).toEqual([200, 200]);
    expect((await finish(upload)).asset.id).toBe(upload.assetId);
  });

  test('signed by many calls at once is one upload in the storage', async () => {
    const upload = await beginFile();
    await Promise.all(Array.from({ length: 10 }, () => sendAll(upload, [2])));
    const { uploads } = await stage.world.deps.objects.listMultiparts(upload.fileKey);
    expect(uploads).toEqual([expect.objectContaining(await targetOf(upload))]);
  });

  test('refuses parts that are not of its plan, naming each fault', async () => {
    const upload = await beginFile();
    const parts = [
      { partNumber: 3, fileSize: 1, checksumSha256: null, contentMd5: null },
      { ...announcePart(upload, 1, partBody(upload, file, 1)), fileSize: 7 },
    ];
    await expect(
      signParts(stage.user, { assetId: upload.assetId, parts }, stage.world.deps),
    ).rejects.toMatchObject({
      code: 'invalid_request',
      errors: [
        { field: 'parts[0].part_number', message: 'must be from 1 to 2' },
        { field: expect.stringMatching(/^parts\[0\]\.(checksum_sha256|content_md5)$/) },
        { field: 'parts[1].size', message: `must be ${8 * MIB}, as planned for this part` },
      ],
    });
  });

  test('is another user’s secret', async () => {
    const upload = await beginFile();
    const stranger = await stage.world.newUser();
    const parts = [announcePart(upload, 1, partBody(upload, file, 1))];
    const { assetId } = upload;
    const notFound = { code: 'not_found' };
    await expect(signParts(stranger, { assetId, parts }, stage.world.deps)).rejects.toMatchObject(notFound);
    await expect(readUpload(stranger, assetId, stage.world.deps)).rejects.toMatchObject(notFound);
  });

  test('that is cancelled frees its parts and its bytes, and signs no more', async () => {
    const upload = await beginFile();
    await sendAll(upload, [1]);
    const target = await targetOf(upload);
    await cancelUpload(stage.user, upload.assetId, stage.world.deps);
    expect(await stage.usage()).toMatchObject({ used: 0, reserved: 0 });
    expect(await stage.world.waitingJobs('abort-multipart')).toContainEqual({
      key: target.key,
      storage_upload_id: target.storageUploadId,
    });
    await expect(sendAll(upload, [2])).rejects.toMatchObject({ code: 'upload_cancelled' });
  });

  test('of which nothing is announced any more than an ended one answers so', async () => {
    const upload = await beginFile();
    await sendAll(upload);
    await finish(upload);
    await expect(sendAll(upload, [1])).rejects.toMatchObject({ code: 'upload_completed' });
  });

  describe('whose client has gone', () => {
    test('is completed when all parts came', async () => {
      const upload = await beginFile();
      await sendAll(upload);
      stage.world.deps.clock.advance(HOUR_MS);
      await expire(upload);
      expect(await reload(upload)).toMatchObject({ status: 'completed' });
    });

    test('waits for it, and is looked at again when the wait is over', async () => {
      const upload = await beginFile();
      await sendAll(upload, [1]);
      stage.world.deps.clock.advance(HOUR_MS);
      await expire(upload);
      expect(await reload(upload)).toMatchObject({ status: 'pending' });
      expect(await stage.world.waitingJobs('expire-upload')).toContainEqual({ upload_id: upload.id });
    });

    test('is given up when the wait is over, with its parts and its bytes', async () => {
      const upload = await beginFile();
      await sendAll(upload, [1]);
      const { storageUploadId } = await targetOf(upload);
      stage.world.deps.clock.advance(25 * HOUR_MS);
      await expire(upload);
      expect(await reload(upload)).toMatchObject({ status: 'expired' });
      expect(await stage.usage()).toMatchObject({ used: 0, reserved: 0 });
      expect(await stage.world.waitingJobs('abort-multipart')).toContainEqual({
        key: upload.fileKey,
        storage_upload_id: storageUploadId,
      });
    });

    test('and comes back late has as long again', async () => {
      const upload = await beginFile();
      await sendAll(upload, [1]);
      const { expiresAt } = await reload(upload);
      await stage.world.deps.db.manager.update(Upload, upload.id, { expiresAt: new Date(0) });
      await sendAll(upload, [2]);
      expect((await reload(upload)).expiresAt.getTime()).toBeGreaterThanOrEqual(expiresAt.getTime());
      await expire(upload);
      expect(await reload(upload)).toMatchObject({ status: 'completed' });
    });
  });

  test('whose bytes are of another type than announced is rejected, and the object discarded', async () => {
    const png = { ...file, name: 'x.png', contentType: 'image/png' };
    const { upload } = await begin(stage.world, stage.user, { projectId: stage.project.id, file: png });
    await sendParts(stage.world, stage.user, { upload, file: png });
    await expect(finish(upload)).rejects.toMatchObject({ code: 'content_mismatch' });
    expect(await stage.usage()).toMatchObject({ used: 0, reserved: 0 });
    expect(await stage.world.waitingJobs('discard-object')).toContainEqual({ key: upload.fileKey });
  });

  test('is planned, not signed, also where its whole checksum was told', async () => {
    const input = {
      projectId: stage.project.id,
      fileName: file.name,
      fileSize: file.body.length,
      contentType: file.contentType,
      checksumSha256: sha256(file.body),
    };
    const { put, upload } = await beginUpload(stage.user, input, stage.world.deps);
    expect(put).toBeNull();
    expect(upload.checksumSha256).toBeNull();
  });
});
