import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  type S3Client,
} from '@aws-sdk/client-s3';
import { createS3Client } from '@slipway/platform/object-store/s3-client';
import { describeCore } from '../../support/describe-core';
import { cutAboveFiveMiB, largeFile, sendParts } from '../../support/part-steps';
import { begin, complete, send } from '../../support/upload-steps';

describeCore('the key that signs what clients upload', (stage) => {
  let uploader: S3Client;
  /** There is an object under it. */
  let target: { Bucket: string; Key: string };
  cutAboveFiveMiB(stage);

  const keyId = () => stage.storage.uploadCredentials?.accessKeyId ?? 'none';

  beforeAll(() => {
    uploader = createS3Client({ ...stage.storage, credentials: stage.storage.uploadCredentials });
  });
  afterAll(() => uploader.destroy());

  beforeEach(async () => {
    target = { Bucket: stage.storage.bucket, Key: 'incoming/of-somebody' };
    await stage.world.deps.objects.put(target.Key, Buffer.from('secret'), { contentType: 'text/plain' });
  });

  test('brings a file in with one PUT', async () => {
    const begun = await begin(stage.world, stage.user, { projectId: stage.project.id, file: stage.file });
    expect(begun.put?.url).toContain(`X-Amz-Credential=${keyId()}%2F`);
    expect(await send(begun, stage.file.body)).toBe(200);
    expect((await complete(stage.world, stage.user, begun.upload)).asset.fileSize).toBe(
      stage.file.body.length,
    );
  });

  test('brings a file in in parts', async () => {
    const file = largeFile();
    const { upload } = await begin(stage.world, stage.user, { projectId: stage.project.id, file });
    expect(await sendParts(stage.world, stage.user, { upload, file })).toEqual([200, 200]);
    expect((await complete(stage.world, stage.user, upload)).asset.fileSize).toBe(file.body.length);
  });

  test.each<[string, () => Promise<unknown>]>([
    ['read', () => uploader.send(new GetObjectCommand(target))],
    ['learn whether something is there', () => uploader.send(new HeadObjectCommand(target))],
    ['list files', () => uploader.send(new ListObjectsV2Command({ Bucket: target.Bucket }))],
    ['list uploads', () => uploader.send(new ListMultipartUploadsCommand({ Bucket: target.Bucket }))],
    ['delete', () => uploader.send(new DeleteObjectCommand(target))],
    [
      'copy what it cannot read',
      () =>
        uploader.send(
          new CopyObjectCommand({
            ...target,
            Key: 'incoming/copy',
            CopySource: `${target.Bucket}/${target.Key}`,
          }),
        ),
    ],
  ])('cannot %s', async (_, attempt) => {
    await expect(attempt()).rejects.toMatchObject({ $metadata: { httpStatusCode: 403 } });
    expect(await stage.world.deps.objects.head(target.Key)).toMatchObject({ size: 6 });
    expect(await stage.world.deps.objects.head('incoming/copy')).toBeNull();
  });
});
