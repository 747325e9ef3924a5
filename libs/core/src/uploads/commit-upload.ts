import { inTransaction } from '@slipway/platform/db/database';
import { Asset } from '../assets/asset.entity';
import { recordAuditEvent } from '../audit/record-audit-event';
import { settleQuota } from '../quotas/settle-quota';
import { requestRenditions } from '../renditions/request-renditions';
import type { Deps } from '../shared/deps';
import type { Principal } from '../shared/principal';
import { discardObject } from './end-without-asset';
import type { PromotedObject } from './promote-object';
import { endUpload } from './upload-store';
import type { Upload } from './upload.entity';

interface CommitInput {
  upload: Upload;
  promoted: PromotedObject;
  name: string;
}

/** Asset, quota, audit event and jobs in one transaction; null when the claim was lost meanwhile. */
export async function commitUpload(
  principal: Principal,
  { upload, promoted, name }: CommitInput,
  deps: Pick<Deps, 'db' | 'clock'>,
): Promise<Asset | null> {
  const at = deps.clock.now();
  const asset = newAsset({ upload, promoted, name }, at);
  return inTransaction(deps.db, async (tx) => {
    if (!(await endUpload(tx, upload, { status: 'completed', at }))) return null;
    await settleQuota(tx, upload.projectId, upload.fileSize);
    await tx.insert(Asset, asset);
    await requestRenditions(tx, asset);
    await recordAuditEvent(tx, principal, {
      action: 'uploaded',
      at,
      projectId: asset.projectId,
      assetId: asset.id,
      details: { file_size: asset.fileSize, content_type: asset.contentType, sha256: asset.checksumSha256 },
    });
    await discardObject(tx, upload.incomingKey);
    return asset;
  });
}

function newAsset({ upload, promoted, name }: CommitInput, at: Date): Asset {
  return {
    id: upload.assetId,
    projectId: upload.projectId,
    uploadId: upload.id,
    createdBy: upload.createdBy,
    name,
    status: 'Processing',
    fileName: upload.fileName,
    fileKey: upload.fileKey,
    fileSize: upload.fileSize,
    contentType: upload.contentType,
    etag: promoted.etag,
    checksumSha256: promoted.checksumSha256,
    width: null,
    height: null,
    thumbnailKey: null,
    createdAt: at,
    updatedAt: at,
    deletedAt: null,
  };
}
