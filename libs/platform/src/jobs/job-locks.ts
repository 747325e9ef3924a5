import type { Client } from 'pg';

/** First half of the advisory locks' keys, so that they meet no others. */
const LOCK_CLASS = 1_936_486_775;

/** A queue locks its first jobs a moment before its presence shows, and records the end of a job a moment later. */
const SETTLED = `locked_at < now() - interval '10 seconds'`;

/** Whoever died with the last attempt in hand leaves one more, or the job would never end. */
const FREE = `
  update graphile_worker._private_jobs
     set locked_at = null, locked_by = null, attempts = least(attempts, max_attempts - 1)`;

/** Shows that a queue lives, until the connection ends. Shared, as two names may have the same hash. */
export async function showPresence(db: Client, queueId: string): Promise<void> {
  await db.query('select pg_advisory_lock_shared($1, hashtext($2))', [LOCK_CLASS, queueId]);
}

/**
 * Frees the jobs of queues that show no presence, and those that this queue has locked and does not run: the answer
 * that told it so was lost. Gives the ids of the freed jobs.
 *
 * Here and below graphile-worker's own table is written: it has no function that unlocks a single job, and knows no
 * death but by age, after four hours.
 */
export async function freeAbandonedJobs(
  db: Client,
  { queueId, running }: { queueId: string; running: readonly string[] },
): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `${FREE} where ${SETTLED} and case locked_by
       when $2 then id <> all($3::bigint[])
       else pg_try_advisory_xact_lock($1, hashtext(locked_by))
     end returning id`,
    [LOCK_CLASS, queueId, running],
  );
  return rows.map(({ id }) => id);
}

/** Frees what a queue that has ended in order still holds: jobs whose end it could not record. */
export async function freeHeldJobs(db: Client, queueId: string): Promise<void> {
  await db.query(`${FREE} where locked_by = $1`, [queueId]);
}

/** Lets jobs that a stop has interrupted run again at once, and the interrupted attempt not count. */
export async function giveBackJobs(db: Client, ids: readonly string[]): Promise<void> {
  await db.query(
    `update graphile_worker._private_jobs set run_at = now(), attempts = attempts - 1
      where id = any($1::bigint[]) and locked_at is null`,
    [ids],
  );
}
