import type { AuditAction } from '../shared/audit-writer';
import type { Deps } from '../shared/deps';
import { DomainError, type ErrorCode } from '../shared/errors';
import { linkPrincipal, type Origin, type Principal, visitor } from '../shared/principal';
import { assertOpens, findLink, type FoundLink, noSuchLink } from './find-link';

/** Failures that mean "not you" or "not now", and not that the server is busy. */
const DENIALS: ReadonlySet<ErrorCode> = new Set([
  'not_found',
  'share_expired',
  'share_exhausted',
  'password_required',
  'wrong_password',
  'too_many_attempts',
]);

export interface LinkCall {
  token: string;
  /** What is on record when it is refused. */
  action: AuditAction;
  origin: Origin;
}

/**
 * Does `work` for whoever shows a link that opens. A denial is on record with its reason before it is answered: of the
 * link, or of a visitor where there is no such link; where it cannot be recorded, the database's error is thrown instead.
 * Fails as `assertOpens` does.
 */
export async function withLink<Result>(
  { token, action, origin }: LinkCall,
  work: (link: FoundLink, principal: Principal) => Promise<Result>,
  deps: Pick<Deps, 'db' | 'audit' | 'clock'>,
): Promise<Result> {
  const link = await findLink(token, deps);
  const principal = link === null ? visitor(origin) : linkPrincipal(link.share.id, origin);
  try {
    if (link === null) throw noSuchLink();
    assertOpens(principal, link, deps.clock.now());
    return await work(link, principal);
  } catch (error) {
    if (error instanceof DomainError && DENIALS.has(error.code)) {
      const about = link === null ? {} : { projectId: link.asset.projectId, assetId: link.asset.id };
      const at = deps.clock.now();
      await deps.audit.recordRefusal(principal, { action, at, reason: error.code, ...about });
    }
    throw error;
  }
}
