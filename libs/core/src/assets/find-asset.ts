import { entityOf, runPrepared } from '@slipway/platform/db/prepared';
import type { AccessFacts, ShareFacts } from '../access/decide-access';
import type { Deps } from '../shared/deps';
import type { Principal } from '../shared/principal';
import type { ProjectRole } from '../shared/project-role';
import { Asset } from './asset.entity';

/** An asset with all that decides who may see it. */
export interface FoundAsset {
  asset: Asset;
  facts: AccessFacts;
}

export interface FactRow {
  project_id: string;
  project_archived_at: Date | null;
  project_review: boolean;
  member_role: ProjectRole | null;
  shares: { expires_at: string | null }[] | null;
}

/**
 * The asset and all that decides, for a statement that has `assets` in its `from` and `callerOf(principal)` as its second
 * and third parameter. In one statement: a decision is about one moment.
 */
export const FACT_COLUMNS = `
  assets.*, projects.archived_at as project_archived_at, projects.review as project_review,
  project_members.role as member_role,
  (select json_agg(json_build_object('expires_at', shares.expires_at)) from shares
    where shares.asset_id = assets.id and shares.email = $3 and shares.revoked_at is null) as shares`;

export const FACT_JOINS = `
  join projects on projects.id = assets.project_id
  left join project_members on project_members.project_id = projects.id and project_members.user_id = $2`;

const FIND = {
  name: 'asset-for-caller',
  text: `select ${FACT_COLUMNS} from assets ${FACT_JOINS} where assets.id = $1`,
};

const FIND_MANY = {
  name: 'assets-for-caller',
  text: `select ${FACT_COLUMNS} from assets ${FACT_JOINS} where assets.id = any ($1)`,
};

/** The address that shares to the caller name: a proven one, and not for a key that is bound to a project. */
const shareAddress = ({ account, key }: Principal): string | null =>
  account === null || !account.emailTrusted || (key !== null && key.projectId !== null)
    ? null
    : account.email.toLowerCase();

const toShareFacts = ({ expires_at }: { expires_at: string | null }): ShareFacts => ({
  expiresAt: expires_at === null ? null : new Date(expires_at),
  revokedAt: null,
  downloadsLeft: null,
});

/** Whom a decision is about, as the parameters of a statement. */
export const callerOf = (principal: Principal): (string | null)[] => [
  principal.account?.id ?? null,
  shareAddress(principal),
];

export function toFoundAsset(row: FactRow, { db }: Pick<Deps, 'db'>): FoundAsset {
  const asset = entityOf(db, Asset, row);
  const project = {
    id: row.project_id,
    archivedAt: row.project_archived_at,
    review: row.project_review,
    memberRole: row.member_role,
  };
  return { asset, facts: { asset, project, shares: (row.shares ?? []).map(toShareFacts) } };
}

/** Also when it is deleted, which the decision knows. */
export async function findAsset(
  principal: Principal,
  assetId: string,
  deps: Pick<Deps, 'db'>,
): Promise<FoundAsset | null> {
  const [row] = await runPrepared<FactRow>(deps.db, FIND, [assetId, ...callerOf(principal)]);
  return row ? toFoundAsset(row, deps) : null;
}

/** The same of many, by id. */
export async function findAssets(
  principal: Principal,
  assetIds: readonly string[],
  deps: Pick<Deps, 'db'>,
): Promise<Map<string, FoundAsset>> {
  const rows = await runPrepared<FactRow>(deps.db, FIND_MANY, [
    [...new Set(assetIds)],
    ...callerOf(principal),
  ]);
  return new Map(
    rows.map((row) => {
      const found = toFoundAsset(row, deps);
      return [found.asset.id, found];
    }),
  );
}
