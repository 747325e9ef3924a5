import { randomBytes } from 'node:crypto';
import { Asset } from '@slipway/core/assets/asset.entity';
import { newPrivateRef } from '@slipway/core/assets/private-ref';
import type { Deps } from '@slipway/core/shared/deps';
import { newId } from '@slipway/core/shared/ids';
import { Upload } from '@slipway/core/uploads/upload.entity';
import { objectKey } from '@slipway/platform/object-store/object-key';

type Place = { projectId: string; createdBy: string };

/** A pending upload of one PUT, as begin leaves it, but for its reservation. */
export async function seedUpload(
  { projectId, createdBy }: Place,
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
): Promise<Upload> {
  const at = clock.now();
  const id = newId('UPL');
  const assetId = newId('AST');
  const upload = db.manager.create(Upload, {
    id,
    assetId,
    projectId,
    createdBy,
    fileName: 'photo.png',
    fileSize: 1234,
    contentType: 'image/png',
    checksumSha256: null,
    incomingKey: objectKey.incoming(id),
    fileKey: objectKey.original(projectId, assetId, 'photo.png'),
    status: 'pending',
    expiresAt: new Date(at.getTime() + 900_000),
    createdAt: at,
    updatedAt: at,
  });
  await db.manager.insert(Upload, upload);
  await reserve(projectId, upload.fileSize, db);
  return upload;
}

async function reserve(projectId: string, bytes: number, db: Deps['db']): Promise<void> {
  const add = 'reserved_bytes = reserved_bytes + $2, reserved_files = reserved_files + 1';
  await db.query(`update project_usage set ${add} where project_id = $1`, [projectId, bytes]);
  await db.query(`update usage set ${add} where user_id = (select owner_id from projects where id = $1)`, [
    projectId,
    bytes,
  ]);
}

const SETTLE = `used_bytes = used_bytes + $2, used_files = used_files + 1,
  reserved_bytes = reserved_bytes - $2, reserved_files = reserved_files - 1`;

/** A published asset with its ledger, whose object nobody has stored. */
export async function seedAsset(place: Place, deps: Pick<Deps, 'db' | 'clock'>): Promise<Asset> {
  const { db } = deps;
  const upload = await seedUpload(place, deps);
  await db.manager.update(Upload, upload.id, { status: 'completed' });
  const { projectId, fileSize } = upload;
  await db.query(`update project_usage set ${SETTLE} where project_id = $1`, [projectId, fileSize]);
  await db.query(`update usage set ${SETTLE} where user_id = (select owner_id from projects where id = $1)`, [
    projectId,
    fileSize,
  ]);
  const asset = db.manager.create(Asset, {
    id: upload.assetId,
    projectId,
    uploadId: upload.id,
    createdBy: place.createdBy,
    name: 'A photo',
    status: 'Published',
    fileName: upload.fileName,
    fileKey: upload.fileKey,
    fileSize,
    contentType: upload.contentType,
    etag: randomBytes(16).toString('hex'),
    isPublic: false,
    scanState: 'none',
    privateRef: newPrivateRef(),
    keyVersion: 0,
    createdAt: upload.createdAt,
    updatedAt: upload.createdAt,
  });
  await db.manager.insert(Asset, asset);
  return asset;
}
