import { proveLedger } from '@slipway/core/quotas/prove-ledger';
import type { Deps } from '@slipway/core/shared/deps';
import type { ObjectStore } from '@slipway/platform/object-store/object-store';

/** All in which bucket and database disagree, and all that is not at its end. */
export interface LeftOver {
  /** Objects that no row has. */
  orphans: string[];
  /** Keys of rows that have no object, or one of another size. */
  missing: string[];
  /** Keys of uploads in parts that the storage still keeps. */
  unfinished: string[];
  /** Keys of uploads, and of what is to be derived, that still wait. */
  waiting: string[];
  jobs: unknown[];
  ledger: unknown[];
}

export const NOTHING_LEFT: LeftOver = {
  orphans: [],
  missing: [],
  unfinished: [],
  waiting: [],
  jobs: [],
  ledger: [],
};

const STORED = `
  select file_key as key, file_size::int as size from assets where deleted_at is null
  union all
  select renditions.key, renditions.file_size::int from renditions join assets on assets.id = asset_id
   where renditions.status = 'ready' and deleted_at is null`;

const WAITING = `
  select file_key as key from uploads where status = 'pending'
  union all
  select renditions.key from renditions join assets on assets.id = asset_id
   where renditions.status = 'pending' and deleted_at is null
  union all
  select file_key from assets where status <> 'Published' and deleted_at is null`;

async function sizesInBucket(objects: ObjectStore): Promise<Map<string, number>> {
  const sizes = new Map<string, number>();
  for (let after: string | null | undefined; after !== null;) {
    const page = await objects.list('', after === undefined ? {} : { after });
    for (const { key, size } of page.objects) sizes.set(key, size);
    after = page.next;
  }
  return sizes;
}

/** Looks at the whole bucket and at all rows, by other means than the product's own comparison. */
export async function leftOver(deps: Pick<Deps, 'db' | 'objects'>): Promise<LeftOver> {
  const [sizes, stored, waiting, { uploads }, jobs, ledger] = await Promise.all([
    sizesInBucket(deps.objects),
    deps.db.query<{ key: string; size: number }[]>(STORED),
    deps.db.query<{ key: string }[]>(WAITING),
    deps.objects.listMultiparts(''),
    deps.db.query<object[]>('select task_identifier, key, last_error from graphile_worker.jobs'),
    proveLedger(deps),
  ]);
  const known = new Set(stored.map(({ key }) => key));
  return {
    orphans: [...sizes.keys()].filter((key) => !known.has(key)),
    missing: stored.filter(({ key, size }) => sizes.get(key) !== size).map(({ key }) => key),
    unfinished: uploads.map(({ key }) => key),
    waiting: waiting.map(({ key }) => key),
    jobs,
    ledger,
  };
}
