import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import { decideAccess } from '../access/decide-access';
import { Asset } from '../assets/asset.entity';
import type { VisibleAsset } from '../assets/require-asset';
import { Project } from '../projects/project.entity';
import { projectFacts } from '../projects/project-facts';
import type { Deps } from '../shared/deps';
import { type Page, type PageRequest, readPage } from '../shared/page';
import type { Principal } from '../shared/principal';
import { noSuchGallery } from './find-gallery';

export interface GalleryPage extends Page<VisibleAsset> {
  slug: string;
  /** Of the project. */
  name: string;
}

/** What is marked as public in a project; whether it may be seen is for the decision to say. */
export const publicAssets = (db: EntityManager, projectId: string): SelectQueryBuilder<Asset> =>
  db
    .createQueryBuilder(Asset, 'a')
    .where('a.projectId = :projectId and a.isPublic and a.deletedAt is null', { projectId });

/** Those that a visitor may see now. */
export function seenByVisitors(
  visitor: Principal,
  { project, assets, now }: { project: Project; assets: readonly Asset[]; now: Date },
): VisibleAsset[] {
  const facts = projectFacts(project, null);
  return assets.flatMap((asset) => {
    const decision = decideAccess(visitor, { asset, project: facts, shares: [] }, now);
    return decision.allowed ? [{ asset, decision }] : [];
  });
}

/**
 * What everybody may see of a project that has a gallery, newest first; reads an index, so that every page costs the same.
 * A page may have fewer than `limit`, where public assets are withheld. Fails with `not_found`.
 */
export async function listGallery(
  visitor: Principal,
  { slug, ...request }: PageRequest & { slug: string },
  deps: Pick<Deps, 'db' | 'clock'>,
): Promise<GalleryPage> {
  const project = await deps.db.manager.findOneBy(Project, { gallerySlug: slug });
  if (!project) throw noSuchGallery();
  const { rows, nextCursor } = await readPage(publicAssets(deps.db.manager, project.id), request);
  const seen = seenByVisitors(visitor, { project, assets: rows, now: deps.clock.now() });
  return { slug, name: project.name, rows: seen, nextCursor };
}
