import { inTransaction } from '@slipway/platform/db/database';
import { recordAuditEvent } from '../audit/record-audit-event';
import type { Deps } from '../shared/deps';
import type { Principal } from '../shared/principal';
import { holdProject } from './hold-project';
import { Project } from './project.entity';
import type { EnteredProject } from './require-project';

/**
 * Puts a project into the archive, where it is read and not changed, or takes it out. Repeating it changes nothing.
 * Fails with `not_found`, `forbidden`.
 */
export function archiveProject(
  principal: Principal,
  { projectId, archived }: { projectId: string; archived: boolean },
  deps: Pick<Deps, 'db' | 'clock'>,
): Promise<EnteredProject> {
  return inTransaction(deps.db, async (tx) => {
    const entered = await holdProject(tx, principal, { projectId, right: 'project.archive' });
    if ((entered.project.archivedAt !== null) === archived) return entered;
    const at = deps.clock.now();
    const change = { archivedAt: archived ? at : null, updatedAt: at };
    await tx.update(Project, projectId, change);
    await recordAuditEvent(tx, principal, {
      action: archived ? 'project_archived' : 'project_unarchived',
      at,
      projectId,
    });
    Object.assign(entered.project, change);
    return entered;
  });
}
