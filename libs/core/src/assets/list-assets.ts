import { entityOf, type PreparedStatement, runPrepared } from '@slipway/platform/db/prepared';
import { type AccessDecision, decideAccess, type ProjectFacts } from '../access/decide-access';
import { requireProject } from '../projects/require-project';
import type { Deps } from '../shared/deps';
import { decodeCursor, type Page, type PageRequest, toPage } from '../shared/page';
import type { Principal } from '../shared/principal';
import { Asset } from './asset.entity';
import type { VisibleAsset } from './require-asset';

const NEWEST = `
  select * from assets
   where project_id = $1 and deleted_at is null`;
const ORDER = 'order by created_at desc, id desc limit $2';

const FIRST: PreparedStatement = { name: 'assets-newest', text: `${NEWEST} ${ORDER}` };
const NEXT: PreparedStatement = {
  name: 'assets-newest-after',
  text: `${NEWEST} and (created_at, id) < ($3, $4) ${ORDER}`,
};

/** The assets of one project, newest first; reads an index, so the millionth page costs what the first does. */
export async function listAssets(
  principal: Principal,
  request: PageRequest & { projectId: string },
  deps: Pick<Deps, 'db' | 'clock'>,
): Promise<Page<VisibleAsset>> {
  const { projectId } = request;
  const { facts: project } = await requireProject(principal, { projectId, right: 'assets.read' }, deps);
  const { rows, nextCursor } = toPage(await readRows(request, deps), request.limit);
  const now = deps.clock.now();
  return { rows: rows.map((asset) => visible(principal, { asset, project }, now)), nextCursor };
}

/** One more than asked for, which tells whether another page follows. */
async function readRows(
  { projectId, limit, cursor }: PageRequest & { projectId: string },
  { db }: Pick<Deps, 'db'>,
): Promise<Asset[]> {
  const values: unknown[] = [projectId, limit + 1];
  const after = cursor === undefined ? null : decodeCursor(cursor);
  const rows = after
    ? await runPrepared(db, NEXT, [...values, after.createdAt, after.id])
    : await runPrepared(db, FIRST, values);
  return rows.map((row) => entityOf(db, Asset, row));
}

function visible(
  principal: Principal,
  { asset, project }: { asset: Asset; project: ProjectFacts },
  now: Date,
): VisibleAsset {
  const decision: AccessDecision = decideAccess(principal, { asset, project, shares: [] }, now);
  return { asset, decision };
}
