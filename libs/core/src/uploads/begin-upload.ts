import { inTransaction } from '@slipway/platform/db/database';
import { enqueue } from '@slipway/platform/jobs/enqueue';
import { objectKey } from '@slipway/platform/object-store/object-key';
import { recordAuditEvent } from '../audit/record-audit-event';
import { requireProject } from '../projects/require-project';
import { readMaxFileSize } from '../quotas/read-max-file-size';
import { reserveQuota } from '../quotas/reserve-quota';
import type { Deps } from '../shared/deps';
import { newId } from '../shared/ids';
import type { Principal } from '../shared/principal';
import { assertAcceptable, type Announcement } from './announcement';
import { Upload } from './upload.entity';

export interface BeginUploadInput extends Announcement {
  projectId: string;
}

/** The signed PUT, exactly as the client must send it. */
export interface BegunUpload {
  upload: Upload;
  url: string;
  method: 'PUT';
  headers: Record<string, string>;
  expiresAt: Date;
  expiresInSeconds: number;
}

type BeginDeps = Pick<Deps, 'db' | 'signer' | 'clock' | 'settings'>;

/**
 * Reserves the bytes, records the upload and gives out a URL that admits this one file.
 * Fails with `not_found`, `invalid_request`, `file_too_large` or `quota_exceeded`.
 */
export async function beginUpload(
  principal: Principal,
  input: BeginUploadInput,
  deps: BeginDeps,
): Promise<BegunUpload> {
  const project = await requireProject(principal, input.projectId, deps);
  const maxFileSize = await readMaxFileSize(deps.db.manager, project.ownerId);
  assertAcceptable(input, Math.min(maxFileSize, deps.settings.singlePutLimit));
  const upload = newUpload(principal, input, deps);
  await recordUpload(principal, upload, deps);
  return signUpload(upload, deps);
}

function newUpload(principal: Principal, input: BeginUploadInput, deps: BeginDeps): Upload {
  const id = newId('UPL');
  const assetId = newId('AST');
  const at = deps.clock.now();
  return {
    id,
    assetId,
    projectId: input.projectId,
    createdBy: principal.id,
    fileName: input.fileName,
    fileSize: input.fileSize,
    contentType: input.contentType,
    checksumSha256: input.checksumSha256 ?? null,
    incomingKey: objectKey.incoming(id),
    fileKey: objectKey.original(input.projectId, assetId, input.fileName),
    status: 'pending',
    rejectionCode: null,
    rejectionDetail: null,
    claim: null,
    claimedUntil: null,
    expiresAt: new Date(at.getTime() + deps.settings.uploadLifeMs),
    createdAt: at,
    updatedAt: at,
  };
}

async function recordUpload(
  principal: Principal,
  upload: Upload,
  deps: BeginDeps,
): Promise<void> {
  await inTransaction(deps.db, async (tx) => {
    await reserveQuota(tx, upload.projectId, upload.fileSize);
    await tx.insert(Upload, upload);
    await recordAuditEvent(tx, principal, {
      action: 'upload_begun',
      at: upload.createdAt,
      projectId: upload.projectId,
      assetId: upload.assetId,
      details: { file_name: upload.fileName, file_size: upload.fileSize, content_type: upload.contentType },
    });
    await enqueue(tx, {
      name: 'expire-upload',
      payload: { upload_id: upload.id },
      key: `expire-upload:${upload.id}`,
      runAt: new Date(upload.expiresAt.getTime() + deps.settings.uploadGraceMs),
    });
  });
}

async function signUpload(upload: Upload, deps: BeginDeps): Promise<BegunUpload> {
  const signing = await deps.signer.open();
  const expiresInSeconds = Math.floor(deps.settings.uploadLifeMs / 1000);
  const put = signing.put(upload.incomingKey, {
    size: upload.fileSize,
    contentType: upload.contentType,
    checksumSha256: upload.checksumSha256,
    expiresIn: expiresInSeconds,
    now: upload.createdAt,
  });
  return { ...put, upload, expiresInSeconds };
}
