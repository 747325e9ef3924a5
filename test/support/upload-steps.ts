import { createHash } from 'node:crypto';
import { beginUpload, type BegunUpload } from '@slipway/core/uploads/begin-upload';
import { completeUpload, type CompletedUpload } from '@slipway/core/uploads/complete-upload';
import type { Upload } from '@slipway/core/uploads/upload.entity';
import type { Principal } from '@slipway/core/shared/principal';
import sharp from 'sharp';
import type { CoreWorld } from './core-world';

export interface TestFile {
  name: string;
  contentType: string;
  body: Buffer;
}

/** A PNG with enough detail to be a picture. */
export async function pngFile(seed = 1): Promise<TestFile> {
  const noise = { type: 'gaussian' as const, mean: 120 + (seed % 100), sigma: 40 };
  const create = { width: 320, height: 200, channels: 3 as const, background: 'white', noise };
  const body = await sharp({ create }).png().toBuffer();
  return { name: `noise ${seed}.png`, contentType: 'image/png', body };
}

export const sha256 = (body: Buffer): string => createHash('sha256').update(body).digest('base64');

export function begin(
  world: CoreWorld,
  principal: Principal,
  { projectId, file, checksum = true }: { projectId: string; file: TestFile; checksum?: boolean },
): Promise<BegunUpload> {
  return beginUpload(
    principal,
    {
      projectId,
      fileName: file.name,
      fileSize: file.body.length,
      contentType: file.contentType,
      checksumSha256: checksum ? sha256(file.body) : null,
    },
    world.deps,
  );
}

/** The PUT as a browser sends it. Answers the status. */
export async function send(begun: BegunUpload, body: Buffer): Promise<number> {
  const response = await fetch(begun.url, { method: begun.method, headers: begun.headers, body });
  await response.arrayBuffer();
  return response.status;
}

export function complete(world: CoreWorld, principal: Principal, upload: Upload): Promise<CompletedUpload> {
  return completeUpload(
    principal,
    {
      name: upload.fileName,
      projectId: upload.projectId,
      fileKey: upload.fileKey,
      fileSize: upload.fileSize,
      contentType: upload.contentType,
    },
    world.deps,
  );
}
