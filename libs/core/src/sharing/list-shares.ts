import type { Deps } from '../shared/deps';
import { type Page, type PageRequest, readPage } from '../shared/page';
import type { Principal } from '../shared/principal';
import { requireSharing } from './require-sharing';
import { Share } from './share.entity';

/** The shares of an asset, newest first; those that have ended or were revoked too. Fails with `not_found`, `forbidden`. */
export async function listShares(
  principal: Principal,
  { assetId, ...request }: PageRequest & { assetId: string },
  deps: Pick<Deps, 'db'>,
): Promise<Page<Share>> {
  await requireSharing(principal, { assetId }, deps);
  const query = deps.db.manager.createQueryBuilder(Share, 's').where('s.assetId = :assetId', { assetId });
  return readPage(query, request);
}
