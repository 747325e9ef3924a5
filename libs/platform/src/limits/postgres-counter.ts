import { Pool } from 'pg';
import { RateLimiterPostgres } from 'rate-limiter-flexible';
import { type RateCounter, WINDOW_SECONDS } from './rate-counter';
import { takeFrom } from './take-from';

/** A statement takes a fraction of a millisecond, but on a busy machine hundreds may wait for their turn. */
const PATIENCE_MS = 3_000;

/** The row of one caller is changed by one connection at a time: more of them would only wait for each other. */
const CONNECTIONS = 2;

const SWEEP_MS = 60_000;
const SWEEP = 'delete from rate_limits where expire <= $1';

function openPool(url: string, applicationName: string): Pool {
  const pool = new Pool({
    connectionString: url,
    application_name: applicationName,
    max: CONNECTIONS,
    connectionTimeoutMillis: PATIENCE_MS,
    statement_timeout: PATIENCE_MS,
    query_timeout: PATIENCE_MS,
    keepAlive: true,
  });
  // A connection that breaks while idle fails the next call, not the process.
  pool.on('error', () => undefined);
  return pool;
}

/**
 * Counts in the table `rate_limits`, one prepared statement a call, exactly across processes: as exactly as their clocks
 * agree on when a minute ends. On connections of its own, since calls that are to be refused must not wait behind the
 * work of those that were not. A caller found over the limit is refused from memory for the rest of the minute.
 */
export function postgresCounter(url: string, applicationName: string): RateCounter {
  const pool = openPool(url, applicationName);
  const limiterOf = (points: number): RateLimiterPostgres =>
    new RateLimiterPostgres({
      storeClient: pool,
      storeType: 'pool',
      tableName: 'rate_limits',
      tableCreated: true,
      keyPrefix: '',
      points,
      duration: WINDOW_SECONDS,
      inMemoryBlockOnConsumed: points,
      clearExpiredByTimeout: false,
    });
  // A row that is counted in at the same moment is locked, and is looked at again before it is deleted. What a sweep
  // leaves, the next one finds.
  const sweep = (): void => void pool.query(SWEEP, [Date.now()]).catch(() => undefined);
  const sweeping = setInterval(sweep, SWEEP_MS).unref();
  sweep();
  return {
    take: takeFrom(limiterOf),
    async close() {
      clearInterval(sweeping);
      await pool.end();
    },
  };
}
