import { createHash, randomBytes } from 'node:crypto';
import type { Principal } from '@slipway/core/shared/principal';
import type { AnnouncedPart } from '@slipway/core/uploads/compare-parts';
import { signParts } from '@slipway/core/uploads/sign-parts';
import { sizeOfPart } from '@slipway/core/uploads/upload-plan';
import type { Upload } from '@slipway/core/uploads/upload.entity';
import type { CoreWorld } from './core-world';
import type { Bytes, TestFile } from './test-files';

const MIB = 1024 * 1024;

/** Files over 5 MiB, the smallest part that S3 takes, go in parts while the tests of this block run. */
export function cutAboveFiveMiB(stage: { world: CoreWorld }): void {
  let limit: number;
  beforeAll(() => {
    const { settings } = stage.world.deps;
    limit = settings.singlePutLimit;
    settings.singlePutLimit = 5 * MIB;
  });
  afterAll(() => {
    stage.world.deps.settings.singlePutLimit = limit;
  });
}

/** Two parts, the smallest number that has a first and a last. */
export const largeFile = (): TestFile => ({
  name: 'scan.bin',
  contentType: 'application/octet-stream',
  body: randomBytes(8 * MIB + 100_000),
});

const digest = (algorithm: string, body: Uint8Array): string =>
  createHash(algorithm).update(body).digest('base64');

export function partBody(upload: Upload, file: TestFile, partNumber: number): Bytes {
  const { partSize, partCount, fileSize } = upload;
  if (partSize === null || partCount === null) throw new Error('This upload travels in one PUT');
  const start = (partNumber - 1) * partSize;
  return file.body.subarray(start, start + sizeOfPart(fileSize, { partSize, partCount }, partNumber));
}

/** A part as its client announces it: with the sum that the upload's plan asks for. */
export function announcePart(upload: Upload, partNumber: number, body: Uint8Array): AnnouncedPart {
  const byMd5 = upload.partChecksum === 'md5';
  return {
    partNumber,
    fileSize: body.length,
    checksumSha256: byMd5 ? null : digest('sha256', body),
    contentMd5: byMd5 ? digest('md5', body) : null,
  };
}

/** Has the parts signed, and sends them as a browser does. Answers the statuses. */
export async function sendParts(
  { deps }: CoreWorld,
  principal: Principal,
  { upload, file, numbers }: { upload: Upload; file: TestFile; numbers?: number[] },
): Promise<number[]> {
  const wanted = numbers ?? Array.from({ length: upload.partCount ?? 0 }, (_, index) => index + 1);
  const parts = wanted.map((number) => announcePart(upload, number, partBody(upload, file, number)));
  const signed = await signParts(principal, { assetId: upload.assetId, parts }, deps);
  return Promise.all(
    signed.map(async ({ partNumber, url, headers }) => {
      const response = await fetch(url, { method: 'PUT', headers, body: partBody(upload, file, partNumber) });
      await response.arrayBuffer();
      return response.status;
    }),
  );
}
