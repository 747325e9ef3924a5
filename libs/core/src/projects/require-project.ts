import { mayEnter } from '../access/decide-access';
import type { Deps } from '../shared/deps';
import { DomainError } from '../shared/errors';
import type { Principal } from '../shared/principal';
import { Project } from './project.entity';

/** The project, or `not_found`: the same whether it is another's or does not exist. */
export async function requireProject(
  principal: Principal,
  projectId: string,
  deps: Pick<Deps, 'db'>,
): Promise<Project> {
  const project = await deps.db.manager.findOneBy(Project, { id: projectId });
  if (!project || !mayEnter(principal, project)) {
    throw new DomainError('not_found', 'There is no such project.');
  }
  return project;
}
