import type { EntityManager } from 'typeorm';
import { hashAddress } from '../references/old-address';

export interface AddressInProject {
  projectId: string;
  address: string;
}

const FIND = `
  select assets.id from old_addresses join assets on assets.id = old_addresses.asset_id
   where old_addresses.project_id = $1 and address_hash = $2 and assets.deleted_at is null`;

/** The asset that an address was imported as; null where there is none, or none any more. */
export async function findImported(
  db: Pick<EntityManager, 'query'>,
  { projectId, address }: AddressInProject,
): Promise<string | null> {
  const [row] = await db.query<{ id: string }[]>(FIND, [projectId, hashAddress(address)]);
  return row?.id ?? null;
}

const REMEMBER = `
  insert into old_addresses (project_id, address_hash, asset_id) values ($1, $2, $3)
  on conflict (address_hash, project_id) do update set asset_id = excluded.asset_id`;

/** From now on the address stands for this asset, in place of one that it stood for before. */
export async function rememberAddress(
  tx: EntityManager,
  { projectId, address, assetId }: AddressInProject & { assetId: string },
): Promise<void> {
  await tx.query(REMEMBER, [projectId, hashAddress(address), assetId]);
}
