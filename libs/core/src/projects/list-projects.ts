import type { Deps } from '../shared/deps';
import { type Page, type PageRequest, readPage } from '../shared/page';
import type { Principal } from '../shared/principal';
import { Project } from './project.entity';

/** The caller's projects, newest first. */
export async function listProjects(
  principal: Principal,
  request: PageRequest,
  deps: Pick<Deps, 'db'>,
): Promise<Page<Project>> {
  const query = deps.db.manager
    .createQueryBuilder(Project, 'p')
    .where('p.ownerId = :owner', { owner: principal.id });
  return readPage(query, request);
}
