import { inTransaction } from '@slipway/platform/db/database';
import { sqlState, UNIQUE_VIOLATION } from '@slipway/platform/db/database-errors';
import { recordAuditEvent } from '../audit/record-audit-event';
import { requestGalleryAt } from '../galleries/request-gallery';
import { holdProject } from '../projects/hold-project';
import { Project } from '../projects/project.entity';
import type { Deps } from '../shared/deps';
import { DomainError } from '../shared/errors';
import type { Principal } from '../shared/principal';

export interface Gallery {
  slug: string;
}

/**
 * Opens the project's gallery under a slug, or moves it there; what is public in the project is public there. Repeating it
 * changes nothing. Fails with `not_found`, `forbidden`, `project_archived`, `slug_taken`.
 */
export async function publishGallery(
  principal: Principal,
  { projectId, slug }: { projectId: string; slug: string },
  deps: Pick<Deps, 'db' | 'clock'>,
): Promise<Gallery> {
  try {
    await inTransaction(deps.db, async (tx) => {
      const { project } = await holdProject(tx, principal, { projectId, right: 'project.manage' });
      const before = project.gallerySlug;
      if (before === slug) return;
      const at = deps.clock.now();
      await tx.update(Project, projectId, { gallerySlug: slug, updatedAt: at });
      await recordAuditEvent(tx, principal, {
        action: 'gallery_published',
        at,
        projectId,
        details: { slug, ...(before !== null && { before }) },
      });
      await requestGalleryAt(tx, slug);
      if (before !== null) await requestGalleryAt(tx, before);
    });
    return { slug };
  } catch (error) {
    if (sqlState(error) !== UNIQUE_VIOLATION) throw error;
    throw new DomainError('slug_taken', 'Another gallery has this address.', { cause: error });
  }
}
