import type { DataSource } from 'typeorm';

/** First half of the locks' keys, so that they meet no others; any number, as long as all processes take the same one. */
const LOCK_CLASS = 1_735_157_369;

const TAKE = 'select pg_try_advisory_lock($1, hashtext($2)) as taken';
const GIVE_BACK = 'select pg_advisory_unlock($1, hashtext($2))';

export interface GalleryLock {
  /** Throws where the lock is lost. To be called between steps: a connection that is silent is taken for lost. */
  assertHeld(): Promise<void>;
}

/**
 * Runs `work` unless somebody else is at the copy of the same gallery; false then. PostgreSQL drops the lock with the
 * connection, so that a process that died blocks nobody.
 */
export async function withGalleryLock(
  db: DataSource,
  slug: string,
  work: (lock: GalleryLock) => Promise<void>,
): Promise<boolean> {
  const connection = db.createQueryRunner();
  const key = [LOCK_CLASS, slug];
  try {
    const [row] = await connection.manager.query<{ taken: boolean }[]>(TAKE, key);
    if (row?.taken !== true) return false;
    try {
      await work({ assertHeld: async () => void (await connection.query('select 1')) });
    } finally {
      // Where this fails the connection is gone, and the lock with it.
      await connection.query(GIVE_BACK, key).catch(() => undefined);
    }
    return true;
  } finally {
    await connection.release();
  }
}
