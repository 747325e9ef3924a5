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

interface FactRow {
  project_id: string;
  project_archived_at: Date | null;
  project_review: boolean;
  member_role: ProjectRole | null;
  shares: { expires_at: string | null }[] | null;
}

// In one statement: a decision is about one moment.
const findBy = (column: 'id' | 'private_ref') => ({
  name: `asset-for-caller-by-${column}`,
  text: `
    select assets.*, projects.archived_at as project_archived_at, projects.review as project_review,
           project_members.role as member_role,
           (select json_agg(json_build_object('expires_at', shares.expires_at)) from shares
             where shares.asset_id = assets.id and shares.email = $3 and shares.revoked_at is null) as shares
      from assets
      join projects on projects.id = assets.project_id
      left join project_members on project_members.project_id = projects.id and project_members.user_id = $2
     where assets.${column} = $1`,
});

const BY = { id: findBy('id'), ref: findBy('private_ref') };

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

/** By its id or by what follows `private://`; also when it is deleted, which the decision knows. */
export async function findAsset(
  principal: Principal,
  by: { id: string } | { ref: string },
  deps: Pick<Deps, 'db'>,
): Promise<FoundAsset | null> {
  const [statement, value] = 'id' in by ? [BY.id, by.id] : [BY.ref, by.ref];
  const values = [value, principal.account?.id ?? null, shareAddress(principal)];
  const [row] = await runPrepared<FactRow>(deps.db, statement, values);
  if (!row) return null;
  const asset = entityOf(deps.db, Asset, row);
  const project = {
    id: row.project_id,
    archivedAt: row.project_archived_at,
    review: row.project_review,
    memberRole: row.member_role,
  };
  return { asset, facts: { asset, project, shares: (row.shares ?? []).map(toShareFacts) } };
}
