import type { EntityManager } from 'typeorm';
import type { JobName, JobRegistry } from './job-registry';

export interface EnqueueOptions {
  /** A second job with this key replaces the first while that still waits. */
  key?: string;
  runAt?: Date;
  /** Leaves the date of a waiting job with this key as it is. */
  keepRunAt?: boolean;
  maxAttempts?: number;
}

/** Adds a job inside the caller's transaction: if that rolls back, the job never existed. */
export async function enqueue<Name extends JobName>(
  tx: EntityManager,
  job: { name: Name; payload: JobRegistry[Name] } & EnqueueOptions,
): Promise<void> {
  await tx.query(
    `select graphile_worker.add_job($1, $2::json, run_at := $3, max_attempts := $4, job_key := $5,
       job_key_mode := $6)`,
    [
      job.name,
      JSON.stringify(job.payload),
      job.runAt ?? null,
      job.maxAttempts ?? null,
      job.key ?? null,
      job.keepRunAt === true ? 'preserve_run_at' : 'replace',
    ],
  );
}
