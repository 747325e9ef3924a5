import { decideInProject } from '../access/decide-access';
import type { Asset } from '../assets/asset.entity';
import { findAsset } from '../assets/find-asset';
import { noSuchAsset } from '../assets/require-asset';
import { assertRight } from '../projects/require-project';
import type { Deps } from '../shared/deps';
import type { Principal } from '../shared/principal';

/**
 * The asset, if the caller may see who it is shared with and take that back: as `shares.manage` in its project, and also
 * while that is archived, since nothing may keep anybody from closing a door. Fails with `not_found`, `forbidden`.
 */
export async function requireSharing(
  principal: Principal,
  { assetId }: { assetId: string },
  deps: Pick<Deps, 'db'>,
): Promise<Asset> {
  const found = await findAsset(principal, assetId, deps);
  if (!found || found.asset.deletedAt !== null) throw noSuchAsset();
  const project = { ...found.facts.project, archivedAt: null };
  if (decideInProject(principal, project, 'shares.manage') === 'hidden') throw noSuchAsset();
  assertRight(principal, project, 'shares.manage');
  return found.asset;
}
