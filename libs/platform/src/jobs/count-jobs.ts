import type { EntityManager } from 'typeorm';
import { JOB_NAMES, type JobName } from './job-registry';

export interface JobCounts {
  name: JobName;
  /** Ready to run, and not running yet. */
  due: number;
  running: number;
  /** For a later date, such as the next attempt. */
  later: number;
  /** Have used up their attempts. */
  failed: number;
}

interface CountRow {
  name: string;
  due: string;
  running: string;
  later: string;
  failed: string;
}

const COUNT = `
  select task_identifier as name,
         count(*) filter (where locked_at is null and attempts < max_attempts and run_at <= now()) as due,
         count(*) filter (where locked_at is not null) as running,
         count(*) filter (where locked_at is null and attempts < max_attempts and run_at > now()) as later,
         count(*) filter (where locked_at is null and attempts >= max_attempts) as failed
    from graphile_worker.jobs group by task_identifier`;

/** The jobs of each name, also of those that have none. */
export async function countJobs(db: Pick<EntityManager, 'query'>): Promise<JobCounts[]> {
  const rows = await db.query<CountRow[]>(COUNT);
  const byName = new Map(rows.map((row) => [row.name, row]));
  return JOB_NAMES.map((name) => {
    const row = byName.get(name);
    const { due = 0, running = 0, later = 0, failed = 0 } = row ?? {};
    return { name, due: Number(due), running: Number(running), later: Number(later), failed: Number(failed) };
  });
}
