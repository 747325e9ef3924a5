import { type AccessDecision, decideAccess, decideInProject } from '../access/decide-access';
import type { ProjectRight } from '../access/rights';
import { assertRight } from '../projects/require-project';
import type { Deps } from '../shared/deps';
import { DomainError } from '../shared/errors';
import type { Principal } from '../shared/principal';
import type { Asset } from './asset.entity';
import { findAsset, type FoundAsset } from './find-asset';

export const noSuchAsset = () => new DomainError('not_found', 'There is no such asset.');

/**
 * The asset, if the caller has the right in its project. Fails with `not_found`, the same whether it is another's,
 * deleted, or never was; with `forbidden` and `project_archived`.
 */
export async function requireAsset(
  principal: Principal,
  { assetId, right }: { assetId: string; right: ProjectRight },
  deps: Pick<Deps, 'db'>,
): Promise<Asset> {
  const found = await findAsset(principal, assetId, deps);
  if (!found || found.asset.deletedAt !== null) throw noSuchAsset();
  if (decideInProject(principal, found.facts.project, right) === 'hidden') throw noSuchAsset();
  assertRight(principal, found.facts.project, right);
  return found.asset;
}

export interface VisibleAsset {
  asset: Asset;
  /** A member may know of an asset whose bytes are withheld. */
  decision: AccessDecision;
}

/** The asset, if the caller may know of it: as a member, by a share, or because it is public. Fails with `not_found`. */
export async function requireVisible(
  principal: Principal,
  { id }: { id: string },
  deps: Pick<Deps, 'db' | 'clock'>,
): Promise<VisibleAsset> {
  return assertVisible(principal, await findAsset(principal, id, deps), deps.clock.now());
}

/** Fails as `requireVisible` does. */
function assertVisible(principal: Principal, found: FoundAsset | null, now: Date): VisibleAsset {
  const decision = found && decideAccess(principal, found.facts, now);
  if (!decision || isHidden(decision)) throw noSuchAsset();
  return { asset: found.asset, decision };
}

const isHidden = (decision: AccessDecision): boolean => !decision.allowed && decision.because === 'hidden';

/** The same, if its bytes may be seen too; else fails with `asset_withheld`, which says why. */
export async function requireViewable(
  principal: Principal,
  { id }: { id: string },
  deps: Pick<Deps, 'db' | 'clock'>,
): Promise<Asset> {
  return assertViewable(principal, await findAsset(principal, id, deps), deps.clock.now());
}

/** Fails as `requireViewable` does. */
export function assertViewable(principal: Principal, found: FoundAsset | null, now: Date): Asset {
  const { asset, decision } = assertVisible(principal, found, now);
  if (decision.allowed) return asset;
  throw new DomainError('asset_withheld', 'This asset cannot be seen now.', {
    facts: { reason: decision.because },
  });
}
