import type { DataSource, EntityManager } from 'typeorm';

/** Any number, as long as every process of every version takes the same one. */
const LOCK = 4_117_209_653;

const TAKE = 'select pg_try_advisory_lock($1) as taken';
const GIVE_BACK = 'select pg_advisory_unlock($1)';

/**
 * Runs `work` unless another process is at the same; null then. PostgreSQL drops the lock with the connection, so that
 * a process that died blocks nobody. `work` gets that connection and must speak on it: a silent one is taken for lost.
 */
export async function withReconcileLock<Result>(
  db: DataSource,
  work: (connection: EntityManager) => Promise<Result>,
): Promise<Result | null> {
  const connection = db.createQueryRunner();
  try {
    const [row] = await connection.manager.query<{ taken: boolean }[]>(TAKE, [LOCK]);
    if (row?.taken !== true) return null;
    try {
      return await work(connection.manager);
    } finally {
      // Where this fails the connection is gone, and the lock with it.
      await connection.query(GIVE_BACK, [LOCK]).catch(() => undefined);
    }
  } finally {
    await connection.release();
  }
}
