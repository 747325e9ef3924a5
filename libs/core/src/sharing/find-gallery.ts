import { assertRight, requireProject } from '../projects/require-project';
import type { Project } from '../projects/project.entity';
import type { Deps } from '../shared/deps';
import { DomainError } from '../shared/errors';
import type { Principal } from '../shared/principal';
import type { Gallery } from './publish-gallery';

export const noSuchGallery = () => new DomainError('not_found', 'There is no such gallery.');

/** The project, for who manages it, in the archive too: a gallery can be closed there. */
export async function requireGalleryManager(
  principal: Principal,
  projectId: string,
  deps: Pick<Deps, 'db'>,
): Promise<Project> {
  const { project, facts } = await requireProject(principal, { projectId, right: 'project.read' }, deps);
  assertRight(principal, { ...facts, archivedAt: null }, 'project.manage');
  return project;
}

/** The project's gallery, null where it has none. Fails with `not_found`, `forbidden`. */
export async function findGallery(
  principal: Principal,
  projectId: string,
  deps: Pick<Deps, 'db'>,
): Promise<Gallery | null> {
  const { gallerySlug } = await requireGalleryManager(principal, projectId, deps);
  return gallerySlug === null ? null : { slug: gallerySlug };
}
