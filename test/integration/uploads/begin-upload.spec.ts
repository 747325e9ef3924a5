import { Upload } from '@slipway/core/uploads/upload.entity';
import { describeCore } from '../../support/describe-core';
import { type Bytes, sha256 } from '../../support/test-files';
import { begin, complete, send } from '../../support/upload-steps';

describeCore('beginning an upload', (stage) => {
  const beginFile = (body = stage.file.body) =>
    begin(stage.world, stage.user, { projectId: stage.project.id, file: { ...stage.file, body } });

  /** Leaves room for `bytes` in the account. */
  const fillUpTo = (bytes: number) =>
    stage.world.deps.db.query('update usage set used_bytes = $2 where user_id = $1', [
      stage.user.id,
      5_368_709_120 - bytes,
    ]);

  test('reserves the bytes and leaves a job for the day nobody comes back', async () => {
    const { upload } = await beginFile();
    expect(await stage.usage()).toMatchObject({ used: 0, reserved: stage.file.body.length });
    expect(await stage.world.waitingJobs('expire-upload')).toContainEqual({ upload_id: upload.id });
  });

  test('gives a URL of 15 minutes for the incoming key, bound to length, type and checksum', async () => {
    const begun = await beginFile();
    const url = new URL(begun.put?.url ?? '');
    expect(url.pathname.endsWith(`/${begun.upload.incomingKey}`)).toBe(true);
    expect(url.searchParams.get('X-Amz-Expires')).toBe('900');
    expect(url.searchParams.get('X-Amz-SignedHeaders')).toBe(
      'content-length;content-type;host;x-amz-checksum-sha256',
    );
    expect(Number(begun.put?.expiresAt) - begun.upload.createdAt.getTime()).toBeGreaterThan(899_000);
  });

  test('refuses what does not fit into the account and leaves nothing behind', async () => {
    await fillUpTo(stage.file.body.length - 1);
    await expect(beginFile()).rejects.toMatchObject({
      code: 'quota_exceeded',
      facts: { requested: stage.file.body.length, limit: 5_368_709_120, reserved: 0 },
    });
    expect(await stage.world.deps.db.manager.countBy(Upload, { createdBy: stage.user.id })).toBe(0);
  });

  test('lets exactly as many parallel uploads in as the account has room for', async () => {
    await fillUpTo(stage.file.body.length * 3);
    const results = await Promise.allSettled(Array.from({ length: 20 }, () => beginFile()));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
    expect(await stage.usage()).toMatchObject({ reserved: stage.file.body.length * 3 });
  });

  test('refuses a file over the limit of the account’s tier', async () => {
    const limit = 2 * 1024 ** 3;
    const file = { ...stage.file, body: { length: limit + 1 } as Bytes };
    await expect(
      begin(stage.world, stage.user, { projectId: stage.project.id, file, checksum: false }),
    ).rejects.toMatchObject({ code: 'file_too_large', facts: { limit, size: limit + 1 } });
  });

  test('another user’s project does not exist', async () => {
    const stranger = await stage.world.newUser();
    await expect(
      begin(stage.world, stranger, { projectId: stage.project.id, file: stage.file }),
    ).rejects.toMatchObject({ code: 'not_found' });
  });

  test('a file named like a rendition does not take its place', async () => {
    const file = { ...stage.file, name: 'thumbnail.jpg', contentType: 'image/png' };
    const begun = await begin(stage.world, stage.user, { projectId: stage.project.id, file });
    expect(begun.upload.fileKey.endsWith('/original-thumbnail.jpg')).toBe(true);
    await send(begun, file.body);
    expect((await complete(stage.world, stage.user, begun.upload)).asset.fileName).toBe('thumbnail.jpg');
  });

  test.each(['grüße & co #1+2 (ü).png', '100%.png', '日本語.png', "it's.png"])(
    'the name %s works',
    async (name) => {
      const begun = await begin(stage.world, stage.user, {
        projectId: stage.project.id,
        file: { ...stage.file, name },
      });
      await send(begun, stage.file.body);
      const { asset } = await complete(stage.world, stage.user, begun.upload);
      const signing = await stage.world.deps.signer.open();
      const { url } = signing.get(asset.fileKey, { now: new Date(), expiresIn: 60 });
      const response = await fetch(url);
      expect(sha256(Buffer.from(await response.arrayBuffer()))).toBe(sha256(stage.file.body));
    },
  );
});
