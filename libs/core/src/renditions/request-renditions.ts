import { enqueue } from '@slipway/platform/jobs/enqueue';
import { canThumbnail } from '@slipway/platform/media/thumbnailer';
import { objectKey, type RenditionName } from '@slipway/platform/object-store/object-key';
import type { EntityManager } from 'typeorm';
import type { Asset } from '../assets/asset.entity';
import { newId } from '../shared/ids';
import { Rendition } from './rendition.entity';

/** What every new asset gets: a QR code, and a thumbnail where its type can have one. */
function renditionsOf(asset: Asset): RenditionName[] {
  return canThumbnail(asset.contentType) ? ['qr-code', 'thumbnail'] : ['qr-code'];
}

/** Rows and jobs, in the transaction that makes the asset. */
export async function requestRenditions(tx: EntityManager, asset: Asset): Promise<void> {
  const renditions = renditionsOf(asset).map((name) => newRendition(asset, name));
  await tx.insert(Rendition, renditions);
  for (const { id } of renditions) {
    await enqueue(tx, { name: 'generate-rendition', payload: { rendition_id: id } });
  }
}

function newRendition(asset: Asset, name: RenditionName): Rendition {
  return {
    id: newId('RND'),
    assetId: asset.id,
    name,
    status: 'pending',
    reason: null,
    key: objectKey.rendition(asset.fileKey, name),
    contentType: null,
    fileSize: null,
    width: null,
    height: null,
    createdAt: asset.createdAt,
    updatedAt: asset.createdAt,
  };
}
