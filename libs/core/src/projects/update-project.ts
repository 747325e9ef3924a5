import { inTransaction } from '@slipway/platform/db/database';
import { recordAuditEvent } from '../audit/record-audit-event';
import { requestGallery } from '../galleries/request-gallery';
import type { Deps } from '../shared/deps';
import type { Principal } from '../shared/principal';
import { Project } from './project.entity';
import { type EnteredProject, requireProject } from './require-project';

/** What is left out stays as it is. */
export interface ProjectChange {
  name?: string;
  deduplicate?: boolean;
  review?: boolean;
}

/** Fails with `not_found`, `forbidden`, `project_archived`. */
export async function updateProject(
  principal: Principal,
  { projectId, change }: { projectId: string; change: ProjectChange },
  deps: Pick<Deps, 'db' | 'clock'>,
): Promise<EnteredProject> {
  const entered = await requireProject(principal, { projectId, right: 'project.manage' }, deps);
  const at = deps.clock.now();
  const { name, ...settings } = change;
  await inTransaction(deps.db, async (tx) => {
    await tx.update(Project, projectId, { ...change, updatedAt: at });
    await recordAuditEvent(tx, principal, {
      action: 'project_updated',
      at,
      projectId,
      details: Object.fromEntries(Object.entries(settings).map(([field, value]) => [field, String(value)])),
      ...(name !== undefined && { personal: { name } }),
    });
    // Its name stands there, and `review` decides what may be seen.
    await requestGallery(tx, projectId);
  });
  Object.assign(entered.project, change, { updatedAt: at });
  return entered;
}
