import { inTransaction } from '@slipway/platform/db/database';
import { recordAuditEvent } from '../audit/record-audit-event';
import type { Deps } from '../shared/deps';
import { DomainError } from '../shared/errors';
import { newId } from '../shared/ids';
import { accountOf, type Principal } from '../shared/principal';
import { Project } from './project.entity';
import { projectFacts } from './project-facts';
import { ProjectMember } from './project-member.entity';
import type { EnteredProject } from './require-project';

export interface NewProject {
  name: string;
  deduplicate?: boolean;
  review?: boolean;
}

/** Makes the caller its owner. Fails with `forbidden` for an API key that is bound to another project. */
export async function createProject(
  principal: Principal,
  input: NewProject,
  deps: Pick<Deps, 'db' | 'clock'>,
): Promise<EnteredProject> {
  if (principal.key?.projectId) {
    throw new DomainError('forbidden', 'This API key is for one project and makes no others.');
  }
  const project = newProject(accountOf(principal), input, deps.clock.now());
  const { id: projectId, ownerId: userId, createdAt: at } = project;
  await inTransaction(deps.db, async (tx) => {
    await tx.insert(Project, project);
    await tx.insert(ProjectMember, { projectId, userId, role: 'owner', joinedAt: at });
    await tx.query('insert into project_usage (project_id, payer_id) values ($1, $2)', [projectId, userId]);
    await recordAuditEvent(tx, principal, { action: 'project_created', at, projectId });
  });
  return { project, facts: projectFacts(project, 'owner'), role: 'owner' };
}

const newProject = (ownerId: string, input: NewProject, at: Date): Project => ({
  id: newId('PRJ'),
  ownerId,
  name: input.name,
  deduplicate: input.deduplicate ?? false,
  review: input.review ?? false,
  archivedAt: null,
  gallerySlug: null,
  createdAt: at,
  updatedAt: at,
});
