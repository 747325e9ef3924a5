import { buffer } from 'node:stream/consumers';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  ListPartsCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { copyAnySize } from '@slipway/platform/object-store/copy-any-size';
import type { ObjectStat } from '@slipway/platform/object-store/object-store';
import type { ContractContext, UseContext } from '../contract-context';

/** S3's least size of every part but the last. */
const PART_SIZE = 5 * 1024 * 1024;

export interface OpenMultipart {
  Bucket: string;
  Key: string;
  UploadId: string;
}

export async function beginMultipart(
  { client, bucket }: ContractContext,
  key: string,
): Promise<OpenMultipart> {
  const target = { Bucket: bucket, Key: key };
  const { UploadId = '' } = await client.send(
    new CreateMultipartUploadCommand({ ...target, ContentType: 'image/png' }),
  );
  return { ...target, UploadId };
}

export async function sendPart(
  { client }: ContractContext,
  upload: OpenMultipart,
  part: { number: number; body: Buffer },
) {
  const sent = await client.send(
    new UploadPartCommand({
      ...upload,
      PartNumber: part.number,
      Body: part.body,
      ContentLength: part.body.length,
    }),
  );
  return { PartNumber: part.number, ETag: sent.ETag };
}

const notFound = { $metadata: { httpStatusCode: 404 } };

const first = Buffer.alloc(PART_SIZE, 'first part ');
const last = Buffer.from('the rest');

async function sendBoth(context: ContractContext, key: string) {
  const upload = await beginMultipart(context, key);
  const parts = [
    await sendPart(context, upload, { number: 1, body: first }),
    await sendPart(context, upload, { number: 2, body: last }),
  ];
  return {
    upload,
    complete: new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts: parts } }),
  };
}

export function describeMultipart(use: UseContext): void {
  describe('needs of an upload in parts', () => {
    it('the server sends parts itself', async () => {
      const { store, newKey } = use();
      const upload = await store.createMultipart(newKey(), { contentType: 'image/png', checksum: 'none' });
      for (const [index, body] of [first, last].entries()) {
        await store.putPart(upload, { partNumber: index + 1, body, checksumSha256: null });
      }
      await store.completeMultipart(upload, (await store.listParts(upload)) ?? []);
      const made = await buffer(await store.openRead(upload.key));
      expect(made.equals(Buffer.concat([first, last]))).toBe(true);
    });

    it('an object is copied in parts, with its type and every byte', async () => {
      const { store, newKey } = use();
      const [from, to] = [newKey('a source+ü.bin'), newKey()];
      const body = Buffer.concat([first, first, last]);
      await store.put(from, body, { contentType: 'image/x-any' });
      const source = await store.head(from);
      expect(source).not.toBeNull();
      await copyAnySize(store, { from: source as ObjectStat, to, oneCall: PART_SIZE });
      expect(await store.head(to)).toMatchObject({ size: body.length, contentType: 'image/x-any' });
      expect((await buffer(await store.openRead(to))).equals(body)).toBe(true);
      expect((await store.listMultiparts(to)).uploads).toEqual([]);
    });

    it('nothing is there before it is completed, and all of it after', async () => {
      const context = use();
      const key = context.newKey();
      const { upload, complete } = await sendBoth(context, key);
      expect(await context.store.head(key)).toBeNull();
      const { Parts = [] } = await context.client.send(new ListPartsCommand(upload));
      expect(Parts.map(({ PartNumber, Size }) => [PartNumber, Size])).toEqual([
        [1, first.length],
        [2, last.length],
      ]);
      await context.client.send(complete);
      expect(await context.store.head(key)).toMatchObject({
        size: first.length + last.length,
        contentType: 'image/png',
      });
      const stored = await buffer(await context.store.openRead(key));
      expect(stored.equals(Buffer.concat([first, last]))).toBe(true);
    });

    it('completing it a second time, after a lost answer, changes nothing', async () => {
      const context = use();
      const key = context.newKey();
      const { complete } = await sendBoth(context, key);
      await context.client.send(complete);
      const before = await context.store.head(key);
      const again = await context.client.send(complete).then(
        () => 'the same answer',
        (error: Error) => error.name,
      );
      expect(['the same answer', 'NoSuchUpload']).toContain(again);
      expect(await context.store.head(key)).toEqual(before);
    });

    it('a part that was announced with another ETag stops the completion', async () => {
      const context = use();
      const key = context.newKey();
      const { upload } = await sendBoth(context, key);
      const Parts = [{ PartNumber: 1, ETag: `"${'0'.repeat(32)}"` }];
      const completing = context.client.send(
        new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts } }),
      );
      await expect(completing).rejects.toThrow();
      expect(await context.store.head(key)).toBeNull();
      await context.client.send(new AbortMultipartUploadCommand(upload));
    });

    it('aborted, it is gone with all its parts', async () => {
      const context = use();
      const key = context.newKey();
      const { upload, complete } = await sendBoth(context, key);
      await context.client.send(new AbortMultipartUploadCommand(upload));
      await expect(context.client.send(complete)).rejects.toThrow();
      await expect(context.client.send(new ListPartsCommand(upload))).rejects.toMatchObject(notFound);
      expect(await context.store.head(key)).toBeNull();
    });
  });
}
