import { inTransaction } from '@slipway/platform/db/database';
import { recordAuditEvent } from '../audit/record-audit-event';
import { requestGalleryAt } from '../galleries/request-gallery';
import { lockProject } from '../projects/hold-project';
import { Project } from '../projects/project.entity';
import type { Deps } from '../shared/deps';
import type { Principal } from '../shared/principal';
import { requireGalleryManager } from './find-gallery';

/**
 * Closes the project's gallery at once; its copy in the bucket follows by a job. Also in an archived project. Where there
 * is none, nothing changes. Fails with `not_found`, `forbidden`.
 */
export async function endGallery(
  principal: Principal,
  projectId: string,
  deps: Pick<Deps, 'db' | 'clock'>,
): Promise<void> {
  await requireGalleryManager(principal, projectId, deps);
  await inTransaction(deps.db, async (tx) => {
    const { gallerySlug: slug } = await lockProject(tx, projectId);
    if (slug === null) return;
    const at = deps.clock.now();
    await tx.update(Project, projectId, { gallerySlug: null, updatedAt: at });
    await recordAuditEvent(tx, principal, { action: 'gallery_ended', at, projectId, details: { slug } });
    await requestGalleryAt(tx, slug);
  });
}
