import type { AuditEvent } from '../audit/audit-event.entity';
import { type AuditFilter, listAuditEvents } from '../audit/find-audit-events';
import type { Deps } from '../shared/deps';
import type { Page, PageRequest } from '../shared/page';
import type { Principal } from '../shared/principal';
import { openScope, type TrailScope } from './scope';

/** What may be asked for within a scope. */
export type TrailFilter = Omit<AuditFilter, 'projectId' | 'assetId'>;

export interface TrailQuery {
  scope: TrailScope;
  filter: TrailFilter;
}

/** One page, newest first. Fails with `not_found`, `forbidden`, and `invalid_request` for a strange cursor. */
export async function readTrail(
  principal: Principal,
  { scope, filter, ...page }: TrailQuery & PageRequest,
  deps: Pick<Deps, 'db'>,
): Promise<Page<AuditEvent>> {
  const within = await openScope(principal, scope, deps);
  return listAuditEvents(deps.db, { ...filter, ...within }, page);
}
