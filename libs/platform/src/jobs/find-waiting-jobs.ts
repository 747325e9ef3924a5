import type { EntityManager } from 'typeorm';

/** Which of these job keys have a job that runs or will run; one that has used up its attempts never will. */
export async function findWaitingJobs(db: EntityManager, keys: readonly string[]): Promise<Set<string>> {
  if (keys.length === 0) return new Set();
  const rows = await db.query<{ key: string }[]>(
    `select key from graphile_worker.jobs
      where key = any ($1) and (attempts < max_attempts or locked_at is not null)`,
    [keys],
  );
  return new Set(rows.map(({ key }) => key));
}
