import { requireProject } from '../projects/require-project';
import type { Deps } from '../shared/deps';
import { type Page, type PageRequest, readPage } from '../shared/page';
import type { Principal } from '../shared/principal';
import { Asset } from './asset.entity';

/** The assets of one project, newest first; reads an index, so the millionth page costs what the first does. */
export async function listAssets(
  principal: Principal,
  request: PageRequest & { projectId: string },
  deps: Pick<Deps, 'db'>,
): Promise<Page<Asset>> {
  const project = await requireProject(principal, request.projectId, deps);
  const query = deps.db.manager
    .createQueryBuilder(Asset, 'a')
    .where('a.projectId = :projectId and a.deletedAt is null', { projectId: project.id });
  return readPage(query, request);
}
