import type { EntityManager } from 'typeorm';
import type { Asset } from '../assets/asset.entity';
import { requestGallery } from '../galleries/request-gallery';

/**
 * `Processing` ends when no rendition is waited for any more, whether made or failed. Where the project has its assets
 * reviewed, a person says what becomes of them then.
 */
export async function publishWhenComplete(tx: EntityManager, assetId: string, at: Date): Promise<void> {
  const [done] = await tx.query<[Pick<Asset, 'projectId' | 'isPublic'>[], number]>(
    `update assets set status = case when projects.review then 'In Review' else 'Published' end, updated_at = $2
       from projects
      where assets.id = $1 and projects.id = assets.project_id and assets.status = 'Processing'
        and not exists (select from renditions where asset_id = $1 and status = 'pending')
      returning assets.project_id as "projectId", assets.is_public as "isPublic"`,
    [assetId, at],
  );
  const [asset] = done;
  // With the thumbnail, which the gallery has waited for.
  if (asset?.isPublic) await requestGallery(tx, asset.projectId);
}
