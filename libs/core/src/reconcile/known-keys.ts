import type { ObjectKey } from '@slipway/platform/object-store/object-key';
import type { EntityManager } from 'typeorm';
import type { Look } from './finding';

/** A key under which the database has something, or soon will. */
export interface KnownKey {
  key: ObjectKey;
  /** `awaited`: of a pending upload or rendition; its object may be there or not. */
  kind: 'asset' | 'rendition' | 'awaited';
  /** Of the row: an asset, a rendition, or whatever is awaited. */
  id: string;
  projectId: string;
  assetId: string;
  /** Bytes. */
  fileSize: number;
}

/** A row whose object was not there, or had another size. */
export type Loss = KnownKey & { kind: 'asset' | 'rendition' };

const PAGE = 1_000;

// Each branch reads its own index from the key on, so that a page costs the same wherever it begins.
const KNOWN = `
  select * from (
    (select file_key as key, 'asset' as kind, id, project_id, id as asset_id, file_size
       from assets where deleted_at is null and file_key collate "C" > $1
      order by file_key collate "C" limit $2)
    union all
    (select key, case renditions.status when 'ready' then 'rendition' else 'awaited' end, renditions.id,
            assets.project_id, assets.id, coalesce(renditions.file_size, 0)
       from renditions join assets on assets.id = renditions.asset_id
      where renditions.status in ('ready', 'pending') and assets.deleted_at is null and key collate "C" > $1
      order by key collate "C" limit $2)
    union all
    (select file_key, 'awaited', id, project_id, asset_id, file_size
       from uploads where status = 'pending' and file_key collate "C" > $1
      order by file_key collate "C" limit $2)
  ) as known order by key collate "C" limit $2`;

interface KnownRow {
  key: string;
  kind: KnownKey['kind'];
  id: string;
  project_id: string;
  asset_id: string;
  file_size: string;
}

/** All keys that the database knows, in the order of the bucket. Throws the signal's reason. */
export async function* knownKeys(
  db: EntityManager,
  { signal }: Pick<Look, 'signal'>,
): AsyncGenerator<KnownKey> {
  for (let after = ''; ;) {
    signal.throwIfAborted();
    const rows = await db.query<KnownRow[]>(KNOWN, [after, PAGE]);
    for (const row of rows) yield toKnownKey(row);
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    after = last.key;
  }
}

const toKnownKey = ({ key, kind, id, project_id, asset_id, file_size }: KnownRow): KnownKey => ({
  key,
  kind,
  id,
  projectId: project_id,
  assetId: asset_id,
  fileSize: Number(file_size),
});
