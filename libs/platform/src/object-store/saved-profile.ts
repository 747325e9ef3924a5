import type { S3Client } from '@aws-sdk/client-s3';
import { PART_CHECKSUMS, type PartChecksum } from './object-store';
import { findProfile } from './storage-check/find-profile';
import type { StorageProfile, StorageProfileSource } from './storage-profile';

/** Storages are updated, and so is what they enforce. */
const VALID_MS = 30 * 86_400_000;

/** A database as the driver and the ORM both are. Positional parameters, `$1` and so on. */
export interface Queryable {
  query(sql: string, values: unknown[]): Promise<unknown>;
}

export interface ProfiledBucket {
  endpoint: string;
  bucket: string;
}

interface SavedProfile {
  profile: StorageProfile;
  checkedAt: Date;
}

export interface SavedProfileOptions {
  storage: ProfiledBucket;
  client: S3Client;
  /** The rows of a query, as a TypeORM `DataSource` resolves to them. */
  db: Queryable;
  now: () => Date;
}

/** As docs and `psql` show it: one line a bucket. */
const addressOf = ({ endpoint, bucket }: ProfiledBucket): string => `${endpoint}/${bucket}`;

/** What another version wrote may be of another shape: then the storage is asked again. */
function profileFrom(json: unknown): StorageProfile | null {
  const partChecksum = (json as { partChecksum?: unknown } | null)?.partChecksum;
  const known = PART_CHECKSUMS.includes(partChecksum as PartChecksum);
  return known ? { partChecksum: partChecksum as PartChecksum } : null;
}

async function readProfile(db: Queryable, storage: ProfiledBucket): Promise<SavedProfile | null> {
  const sql = 'select profile, checked_at from storage_profiles where address = $1';
  const [row] = (await db.query(sql, [addressOf(storage)])) as { profile: unknown; checked_at: Date }[];
  const profile = profileFrom(row?.profile);
  return row && profile ? { profile, checkedAt: row.checked_at } : null;
}

/** Replaces what was saved of the bucket before. */
export async function saveProfile(
  db: Queryable,
  storage: ProfiledBucket,
  { profile, checkedAt }: SavedProfile,
): Promise<void> {
  await db.query(
    `insert into storage_profiles (address, profile, checked_at) values ($1, $2, $3)
     on conflict (address) do update set profile = excluded.profile, checked_at = excluded.checked_at`,
    [addressOf(storage), JSON.stringify(profile), checkedAt],
  );
}

/**
 * What the database knows of the bucket; where it knows nothing, or only of long ago, what the bucket answers, saved
 * for every other process. Callers at the same time ask once; a failure is not remembered.
 */
export function savedProfile({ storage, client, db, now }: SavedProfileOptions): StorageProfileSource {
  let known: SavedProfile | null = null;
  let asking: Promise<SavedProfile> | null = null;
  const isFresh = ({ checkedAt }: SavedProfile): boolean => now().getTime() - checkedAt.getTime() < VALID_MS;

  async function ask(): Promise<SavedProfile> {
    const saved = await readProfile(db, storage);
    if (saved && isFresh(saved)) return saved;
    const found = { profile: await findProfile(client, storage.bucket), checkedAt: now() };
    await saveProfile(db, storage, found);
    return found;
  }

  return async () => {
    if (known && isFresh(known)) return known.profile;
    asking ??= ask().finally(() => (asking = null));
    known = await asking;
    return known.profile;
  };
}
