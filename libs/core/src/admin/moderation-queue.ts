import { entityOf } from '@slipway/platform/db/prepared';
import { decideAccess } from '../access/decide-access';
import { Asset } from '../assets/asset.entity';
import { type AssetUrls, assetUrls, openSigningContext } from '../assets/asset-urls';
import { grantedFacts } from '../assets/grant-access';
import type { VisibleAsset } from '../assets/require-asset';
import { recordAuditEvents } from '../audit/record-audit-event';
import type { AuditFacts } from '../shared/audit-writer';
import type { Deps } from '../shared/deps';
import { decodeCursor, type Page, type PageRequest, toPage } from '../shared/page';
import { type Principal, systemPrincipal } from '../shared/principal';

/** What waits for a decision, and what can be seen of it. */
export interface QueuedAsset {
  visible: VisibleAsset;
  urls: AssetUrls;
  projectName: string;
}

const PAGE = `
  select assets.*, projects.name as project_name
    from assets join projects on projects.id = assets.project_id
   where assets.status = 'In Review' and assets.deleted_at is null and projects.archived_at is null
     and ($1::timestamptz is null or (assets.created_at, assets.id) > ($1, $2))
   order by assets.created_at, assets.id limit $3`;

type QueueRow = { id: string; created_at: Date; project_name: string };

/**
 * What waits, the longest wait first. An administrator is a stranger in projects, and `decideAccess` keeps them out: this
 * is the one exception. So the decision is the installation's own, of these assets only, and every URL is on record with
 * `moderation` as its reason before it is given out.
 */
export async function moderationQueue(
  principal: Principal,
  { limit, cursor }: PageRequest,
  deps: Pick<Deps, 'db' | 'signer' | 'clock' | 'settings'>,
): Promise<Page<QueuedAsset>> {
  const after = cursor === undefined ? null : decodeCursor(cursor);
  const values = [after?.createdAt ?? null, after?.id ?? null, limit + 1];
  const found = await deps.db.query<QueueRow[]>(PAGE, values);
  const { rows, nextCursor } = toPage(
    found.map((row) => ({ row, id: row.id, createdAt: row.created_at })),
    limit,
  );
  const context = await openSigningContext(principal, deps);
  const queued = rows.map(({ row }): QueuedAsset => {
    const visible = seenForModeration(entityOf(deps.db, Asset, row), context.now);
    return { visible, urls: assetUrls(visible, context), projectName: row.project_name };
  });
  const facts = queued.flatMap((one) => seenFacts(one, context.now));
  if (facts.length > 0) await recordAuditEvents(deps.db.manager, principal, facts);
  return { rows: queued, nextCursor };
}

/** What nobody may see, such as an infected file, moderators may not see either. */
function seenForModeration(asset: Asset, now: Date): VisibleAsset {
  const project = { id: asset.projectId, archivedAt: null, review: true, memberRole: null };
  return { asset, decision: decideAccess(systemPrincipal(), { asset, project, shares: [] }, now) };
}

function seenFacts(
  { visible: { asset }, urls: { accessUrl, expiresAt } }: QueuedAsset,
  at: Date,
): AuditFacts[] {
  if (accessUrl === null) return [];
  const signed = { url: accessUrl, expiresAt };
  return [{ ...grantedFacts(asset, { as: 'view', signed, at }), reason: 'moderation' }];
}
