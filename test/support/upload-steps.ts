import { beginUpload, type BegunUpload } from '@slipway/core/uploads/begin-uploads';
import { completeUpload, type CompletedUpload } from '@slipway/core/uploads/complete-upload';
import type { Upload } from '@slipway/core/uploads/upload.entity';
import type { Principal } from '@slipway/core/shared/principal';
import type { CoreWorld } from './core-world';
import { sha256, type Bytes, type TestFile } from './test-files';

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
export async function send({ put }: BegunUpload, body: Bytes): Promise<number> {
  if (!put) throw new Error('This upload does not travel in one PUT');
  const response = await fetch(put.url, { method: put.method, headers: put.headers, body });
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
