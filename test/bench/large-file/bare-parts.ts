import { createHash } from 'node:crypto';
import { planParts, sizeOfPart, type PartPlan } from '@slipway/core/uploads/upload-plan';
import { createS3Client } from '@slipway/platform/object-store/s3-client';
import { S3ObjectStore } from '@slipway/platform/object-store/s3-object-store';
import { UrlSigner } from '@slipway/platform/object-store/url-signer';
import type { RunningStorage } from '../../support/object-stores';
import type { BarePart } from './sender';

const SINGLE_PUT_LIMIT = 16 * 1024 * 1024;

export function planOf(size: number): PartPlan {
  const plan = planParts(size, SINGLE_PUT_LIMIT);
  if (!plan) throw new Error(`${size} bytes travel in one PUT`);
  return plan;
}

/** Of a file that is all zeros: its parts differ only in their size. */
export function sumsOfZeros(size: number): Record<number, string> {
  const plan = planOf(size);
  const sizes = [plan.partSize, sizeOfPart(size, plan, plan.partCount)];
  return Object.fromEntries(
    sizes.map((bytes) => [bytes, createHash('sha256').update(Buffer.alloc(bytes)).digest('base64')]),
  );
}

let runs = 0;

/** The same parts as the product plans, all signed beforehand; `discard` frees them again. */
export async function beginBareParts(
  storage: RunningStorage,
  size: number,
): Promise<{ parts: BarePart[]; discard(): Promise<void> }> {
  runs += 1;
  const client = createS3Client(storage);
  const objects = new S3ObjectStore(client, storage.bucket);
  const options = { contentType: 'application/octet-stream', checksum: 'sha256' } as const;
  const upload = await objects.createMultipart(`projects/bare/${runs}`, options);
  const signing = await new UrlSigner({ ...storage, credentials: async () => storage.credentials }).open();
  const plan = planOf(size);
  const sums = sumsOfZeros(size);
  const life = { now: new Date(), expiresIn: 3600 };
  const parts = Array.from({ length: plan.partCount }, (_, index) => {
    const [start, bytes] = [index * plan.partSize, sizeOfPart(size, plan, index + 1)];
    const { url, headers } = signing.part(upload.key, {
      ...life,
      storageUploadId: upload.storageUploadId,
      partNumber: index + 1,
      size: bytes,
      checksumSha256: sums[bytes],
    });
    return { url, headers, start, end: start + bytes };
  });
  return {
    parts,
    async discard() {
      await objects.abortMultipart(upload);
      client.destroy();
    },
  };
}
