import { withRefusalsOnRecord } from '../audit/with-refusals-on-record';
import type { AuditAction } from '../shared/audit-writer';
import type { Deps } from '../shared/deps';
import { linkPrincipal, type Origin, type Principal, visitor } from '../shared/principal';
import { assertOpens, findLink, type FoundLink, noSuchLink } from './find-link';

export interface LinkCall {
  token: string;
  /** What is on record when it is refused. */
  action: AuditAction;
}

/**
 * Does `work` for whoever shows a link that opens. Whatever is refused is on record with its reason: of the link, or of a
 * visitor where there is no such link. Fails as `assertOpens` does.
 */
export async function withLink<Result>(
  { token, action, origin }: LinkCall & { origin: Origin },
  work: (link: FoundLink, principal: Principal) => Promise<Result>,
  deps: Pick<Deps, 'db' | 'audit' | 'clock'>,
): Promise<Result> {
  const link = await findLink(token, deps);
  const principal = link === null ? visitor(origin) : linkPrincipal(link.share.id, origin);
  const about = link === null ? {} : { projectId: link.asset.projectId, assetId: link.asset.id };
  return withRefusalsOnRecord(
    { principal, action, ...about },
    async () => {
      if (link === null) throw noSuchLink();
      assertOpens(principal, link, deps.clock.now());
      return work(link, principal);
    },
    deps,
  );
}
