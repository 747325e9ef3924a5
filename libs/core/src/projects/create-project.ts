import { inTransaction } from '@slipway/platform/db/database';
import { recordAuditEvent } from '../audit/record-audit-event';
import type { Deps } from '../shared/deps';
import { newId } from '../shared/ids';
import type { Principal } from '../shared/principal';
import { Project } from './project.entity';

export async function createProject(
  principal: Principal,
  input: { name: string; deduplicate?: boolean },
  deps: Pick<Deps, 'db' | 'clock'>,
): Promise<Project> {
  const at = deps.clock.now();
  const project: Project = {
    id: newId('PRJ'),
    ownerId: principal.id,
    name: input.name,
    deduplicate: input.deduplicate ?? false,
    createdAt: at,
    updatedAt: at,
  };
  await inTransaction(deps.db, async (tx) => {
    await tx.insert(Project, project);
    await tx.query('insert into project_usage (project_id) values ($1)', [project.id]);
    await recordAuditEvent(tx, principal, { action: 'project_created', at, projectId: project.id });
  });
  return project;
}
