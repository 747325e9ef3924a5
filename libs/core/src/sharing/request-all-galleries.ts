import { IsNull, Not } from 'typeorm';
import { requestGalleryAt } from '../galleries/request-gallery';
import { Project } from '../projects/project.entity';
import type { Deps } from '../shared/deps';

/**
 * Asks for the copy of every gallery to be made anew: what hands in the bucket, a lost job or a defect have left wrong
 * does not stay so. Copies that the database has never heard of are left alone, as all that is (docs/decisions/0012).
 */
export async function requestAllGalleries({ db }: Pick<Deps, 'db'>): Promise<void> {
  const projects = await db.manager.find(Project, {
    select: { id: true, gallerySlug: true },
    where: { gallerySlug: Not(IsNull()) },
  });
  for (const { gallerySlug } of projects) {
    if (gallerySlug !== null) await requestGalleryAt(db.manager, gallerySlug);
  }
}
