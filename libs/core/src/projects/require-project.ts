import { entityOf, runPrepared } from '@slipway/platform/db/prepared';
import { decideInProject, type ProjectFacts, roleIn } from '../access/decide-access';
import type { ProjectRight } from '../access/rights';
import type { Deps } from '../shared/deps';
import { DomainError } from '../shared/errors';
import type { Principal } from '../shared/principal';
import type { ProjectRole } from '../shared/project-role';
import { Project } from './project.entity';
import { projectFacts } from './project-facts';

/** A project the caller may enter, and as what. */
export interface EnteredProject {
  project: Project;
  facts: ProjectFacts;
  /** The caller's; null for jobs. */
  role: ProjectRole | null;
}

const FIND = {
  name: 'project-for-caller',
  text: `
    select projects.*, project_members.role as member_role
      from projects
      left join project_members on project_members.project_id = projects.id and project_members.user_id = $2
     where projects.id = $1`,
};

/**
 * The project, if the caller has the right there. Fails with `not_found`, the same whether it is another's or does not
 * exist, with `forbidden` where the role does not reach, with `project_archived`.
 */
export async function requireProject(
  principal: Principal,
  { projectId, right }: { projectId: string; right: ProjectRight },
  deps: Pick<Deps, 'db'>,
): Promise<EnteredProject> {
  const values = [projectId, principal.account?.id ?? null];
  const [row] = await runPrepared<{ member_role: ProjectRole | null }>(deps.db, FIND, values);
  if (!row) throw noSuchProject();
  const project = entityOf(deps.db, Project, row);
  const facts = projectFacts(project, row.member_role);
  assertRight(principal, facts, right);
  return { project, facts, role: roleIn(principal, facts) };
}

export const noSuchProject = () => new DomainError('not_found', 'There is no such project.');

export const projectArchived = () =>
  new DomainError('project_archived', 'This project is archived; take it out of the archive first.');

/** Fails as `requireProject` does. */
export function assertRight(principal: Principal, project: ProjectFacts, right: ProjectRight): void {
  switch (decideInProject(principal, project, right)) {
    case 'allowed':
      return;
    case 'hidden':
      throw noSuchProject();
    case 'forbidden':
      throw new DomainError('forbidden', 'Your role in this project does not reach for that.');
    case 'archived':
      throw projectArchived();
  }
}
