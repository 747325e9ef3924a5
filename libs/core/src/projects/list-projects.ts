import type { Deps } from '../shared/deps';
import { decodeCursor, toPage, type Page, type PageRequest } from '../shared/page';
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
    .where('p.ownerId = :owner', { owner: principal.id })
    .orderBy('p.createdAt', 'DESC')
    .addOrderBy('p.id', 'DESC')
    .limit(request.limit + 1);
  if (request.cursor !== undefined) {
    query.andWhere('(p.createdAt, p.id) < (:createdAt, :id)', decodeCursor(request.cursor));
  }
  return toPage(await query.getMany(), request.limit);
}
