import { type AccessDecision, decideAccess, type ProjectFacts } from '../access/decide-access';
import { requireProject } from '../projects/require-project';
import type { Deps } from '../shared/deps';
import { type Page, type PageRequest, readPage } from '../shared/page';
import type { Principal } from '../shared/principal';
import { Asset } from './asset.entity';
import type { VisibleAsset } from './require-asset';

/** The assets of one project, newest first; reads an index, so the millionth page costs what the first does. */
export async function listAssets(
  principal: Principal,
  request: PageRequest & { projectId: string },
  deps: Pick<Deps, 'db' | 'clock'>,
): Promise<Page<VisibleAsset>> {
  const { projectId } = request;
  const { facts: project } = await requireProject(principal, { projectId, right: 'assets.read' }, deps);
  const query = deps.db.manager
    .createQueryBuilder(Asset, 'a')
    .where('a.projectId = :projectId and a.deletedAt is null', { projectId });
  const { rows, nextCursor } = await readPage(query, request);
  const now = deps.clock.now();
  return { rows: rows.map((asset) => visible(principal, { asset, project }, now)), nextCursor };
}

function visible(
  principal: Principal,
  { asset, project }: { asset: Asset; project: ProjectFacts },
  now: Date,
): VisibleAsset {
  const decision: AccessDecision = decideAccess(principal, { asset, project, shares: [] }, now);
  return { asset, decision };
}
