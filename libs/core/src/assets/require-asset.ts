import { IsNull } from 'typeorm';
import { requireProject } from '../projects/require-project';
import type { Deps } from '../shared/deps';
import { DomainError } from '../shared/errors';
import type { Principal } from '../shared/principal';
import { Asset } from './asset.entity';

/** The asset, or `not_found`: the same whether it is another's, deleted, or never was. */
export async function requireAsset(
  principal: Principal,
  assetId: string,
  deps: Pick<Deps, 'db'>,
): Promise<Asset> {
  const asset = await deps.db.manager.findOneBy(Asset, { id: assetId, deletedAt: IsNull() });
  if (!asset) throw new DomainError('not_found', 'There is no such asset.');
  await requireProject(principal, asset.projectId, deps).catch((error: unknown) => {
    const hidden = error instanceof DomainError && error.code === 'not_found';
    throw hidden ? new DomainError('not_found', 'There is no such asset.') : error;
  });
  return asset;
}
