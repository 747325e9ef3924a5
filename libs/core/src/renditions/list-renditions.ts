import { requireVisible } from '../assets/require-asset';
import type { Deps } from '../shared/deps';
import type { Principal } from '../shared/principal';
import { Rendition } from './rendition.entity';

/** What was made of an asset and what failed, with the reason. Fails with `not_found`. */
export async function listRenditions(
  principal: Principal,
  assetId: string,
  deps: Pick<Deps, 'db' | 'clock'>,
): Promise<Rendition[]> {
  await requireVisible(principal, { id: assetId }, deps);
  return deps.db.manager.find(Rendition, { where: { assetId }, order: { name: 'ASC' } });
}
