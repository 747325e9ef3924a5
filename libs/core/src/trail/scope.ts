import type { AuditFilter } from '../audit/find-audit-events';
import { requireProject } from '../projects/require-project';
import type { Deps } from '../shared/deps';
import { DomainError } from '../shared/errors';
import type { Principal } from '../shared/principal';

/** Which part of the audit trail is asked for. */
export type TrailScope = { projectId: string } | { assetId: string } | 'installation';

export const noSuchEvent = () => new DomainError('not_found', 'There is no such event.');

/** An administrator in person, or by a key that is made for that. */
export const isAdmin = ({ kind, account, key }: Principal): boolean =>
  kind === 'system' ||
  (account?.role === 'admin' && (key === null || (key.projectId === null && key.scopes.includes('admin'))));

// The row of an asset stays when the asset is deleted, and so does the right to know what became of it.
const PROJECT_OF = 'select project_id from assets where id = $1';

/**
 * What of the trail the scope holds, if the caller may read it. Fails with `not_found`, the same whether it is another's
 * or never was, and with `forbidden`.
 */
export async function openScope(
  principal: Principal,
  scope: TrailScope,
  deps: Pick<Deps, 'db'>,
): Promise<AuditFilter> {
  if (scope === 'installation') {
    if (!isAdmin(principal)) throw new DomainError('forbidden', 'Only an administrator may do that.');
    return {};
  }
  if ('projectId' in scope) {
    await requireProject(principal, { projectId: scope.projectId, right: 'audit.read' }, deps);
    return scope;
  }
  const [asset] = await deps.db.query<{ project_id: string }[]>(PROJECT_OF, [scope.assetId]);
  await requireTrailOf(asset?.project_id ?? null, { principal, hidden: noSuchAsset }, deps);
  return scope;
}

const noSuchAsset = () => new DomainError('not_found', 'There is no such asset.');

/** No project's. What never was is looked for as long as what is another's, so that no clock tells them apart. */
const NO_PROJECT = '';

/** Whether the caller may read the trail of the project; where it is hidden, fails as told, not with its name. */
export async function requireTrailOf(
  projectId: string | null,
  { principal, hidden }: { principal: Principal; hidden: () => DomainError },
  deps: Pick<Deps, 'db'>,
): Promise<void> {
  try {
    await requireProject(principal, { projectId: projectId ?? NO_PROJECT, right: 'audit.read' }, deps);
  } catch (error) {
    throw error instanceof DomainError && error.code === 'not_found' ? hidden() : error;
  }
}
