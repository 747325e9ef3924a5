import { Pool, type PoolClient } from 'pg';

type Release = (release?: unknown) => void;
type Connected = (error: Error | undefined, client: PoolClient | undefined, release: Release) => void;

/**
 * A pool for graphile-worker 0.17, which hands its listening connection back twice when that breaks during a shutdown;
 * pg's own pool throws then, where nobody catches it, and the process ends.
 */
class ForgivingPool extends Pool {
  override connect(): Promise<PoolClient>;
  override connect(connected: Connected): void;
  override connect(connected?: Connected): Promise<PoolClient> | void {
    if (!connected) return super.connect();
    super.connect((error, client, release) => connected(error, client, once(release)));
  }
}

/** The pool of pg gives no `release` when it has ended, other than its types say. */
function once(release: Release | undefined): Release {
  let released = false;
  return (reason) => {
    if (!released) release?.(reason);
    released = true;
  };
}

export function openQueuePool(databaseUrl: string, concurrency: number): Pool {
  const pool = new ForgivingPool({
    connectionString: databaseUrl,
    application_name: 'slipway-jobs',
    // One more listens.
    max: concurrency + 1,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
  });
  // A lost connection shows where it is used; without listeners it would end the process.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}
