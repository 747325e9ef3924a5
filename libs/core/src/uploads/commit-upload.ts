import { inTransaction } from '@slipway/platform/db/database';
import { enqueue } from '@slipway/platform/jobs/enqueue';
import type { EntityManager } from 'typeorm';
import { Asset } from '../assets/asset.entity';
import { newPrivateRef } from '../assets/private-ref';
import { recordAuditEvent } from '../audit/record-audit-event';
import { Project } from '../projects/project.entity';
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
    await requestHash(tx, asset);
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

/** What came in parts has no sum of the whole, by which a project that keeps nothing twice would know it again. */
async function requestHash(tx: EntityManager, asset: Asset): Promise<void> {
  if (asset.checksumSha256 !== null) return;
  if (!(await tx.existsBy(Project, { id: asset.projectId, deduplicate: true }))) return;
  await enqueue(tx, { name: 'hash-asset', payload: { asset_id: asset.id } });
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
    isPublic: false,
    expiresAt: null,
    scanState: 'none',
    privateRef: newPrivateRef(),
    reviewReason: null,
    keyVersion: 0,
    movingTo: null,
    createdAt: at,
    updatedAt: at,
    deletedAt: null,
  };
}
