import { objectKey } from '@slipway/platform/object-store/object-key';
import type { ListedObject } from '@slipway/platform/object-store/object-store';
import type { EntityManager } from 'typeorm';
import type { Finding, Look, SweepDeps } from './finding';
import { removeStray } from './remove-stray';

// An upload never comes back from its end, nor an asset from its deletion: what has no use now will have none.
const VERDICT = `
  select asked.key, uploads.project_id, uploads.asset_id,
         coalesce(uploads.status = 'pending', false)
           or exists (select from assets where file_key = asked.key and deleted_at is null)
           or exists (select from assets where id = asked.asset_id and deleted_at is null
                       and starts_with(asked.key, moving_to))
           or exists (select from renditions join assets on assets.id = renditions.asset_id
                       where renditions.key collate "C" = asked.key and renditions.status in ('ready', 'pending')
                         and assets.deleted_at is null) as in_use
    from unnest($1::text[], $2::text[]) as asked (key, asset_id)
    left join uploads on uploads.asset_id = asked.asset_id`;

interface Verdict {
  key: string;
  /** Of the upload that the key was made for; null where there was none. */
  project_id: string | null;
  asset_id: string | null;
  in_use: boolean;
}

/**
 * Asks again of objects that no row seemed to want. An object of an upload that is known to have ended is a stray, and
 * is removed. One that the database has never heard of may be somebody else's, or this is not the database that goes
 * with the bucket (an old copy of it, a wrong address): that is for people to see to.
 */
export async function confirmStrays(
  suspects: readonly ListedObject[],
  look: Look,
  deps: SweepDeps,
): Promise<Finding[]> {
  const verdicts = await verdictsOn(suspects, deps.db.manager);
  return verdicts.flatMap(({ key, project_id: projectId, asset_id: assetId, in_use: inUse }): Finding[] => {
    if (inUse) return [];
    if (assetId === null) return [{ kind: 'unknown_object', facts: { key }, repair: null }];
    const kind = 'stray_object';
    const stray = { kind, key, projectId, assetId, remove: () => deps.objects.delete(key) } as const;
    return [{ kind, facts: { key, asset_id: assetId }, repair: () => removeStray(look, stray, deps) }];
  });
}

async function verdictsOn(suspects: readonly ListedObject[], db: EntityManager): Promise<Verdict[]> {
  if (suspects.length === 0) return [];
  const keys = suspects.map(({ key }) => key);
  return db.query<Verdict[]>(VERDICT, [keys, keys.map(objectKey.assetIdOf)]);
}
