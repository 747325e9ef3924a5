import { inTransaction } from '@slipway/platform/db/database';
import { recordAuditEvent } from '../audit/record-audit-event';
import type { Deps } from '../shared/deps';
import type { Principal } from '../shared/principal';
import { Project } from './project.entity';
import { requireProject } from './require-project';

/** What is left out stays as it is. */
export interface ProjectChange {
  name?: string;
  deduplicate?: boolean;
}

/** Fails with `not_found`. */
export async function updateProject(
  principal: Principal,
  { projectId, change }: { projectId: string; change: ProjectChange },
  deps: Pick<Deps, 'db' | 'clock'>,
): Promise<Project> {
  const project = await requireProject(principal, projectId, deps);
  const at = deps.clock.now();
  await inTransaction(deps.db, async (tx) => {
    await tx.update(Project, project.id, { ...change, updatedAt: at });
    await recordAuditEvent(tx, principal, {
      action: 'project_updated',
      at,
      projectId: project.id,
      details: Object.fromEntries(Object.entries(change).map(([field, value]) => [field, String(value)])),
    });
  });
  return Object.assign(project, change, { updatedAt: at });
}
