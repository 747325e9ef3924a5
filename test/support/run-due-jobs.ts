import { setTimeout as sleep } from 'node:timers/promises';
import type { JobHandlers } from '@slipway/platform/jobs/job-handlers';
import type { JobName, JobRegistry } from '@slipway/platform/jobs/job-registry';
import type { DataSource } from 'typeorm';

interface JobRow<Name extends JobName> {
  id: string;
  name: Name;
  payload: JobRegistry[Name];
}

const DUE = `
  select jobs.id, tasks.identifier as name, jobs.payload
    from graphile_worker._private_jobs as jobs
    join graphile_worker._private_tasks as tasks on tasks.id = jobs.task_id
   where tasks.identifier = any ($1) and jobs.run_at <= $2 and jobs.locked_at is null
   order by jobs.id`;

const ATTEMPTS = 10;

async function run<Name extends JobName>({ name, payload }: JobRow<Name>, handlers: Pick<JobHandlers, Name>) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await handlers[name](payload, undefined as never);
    } catch (error) {
      if (attempt === ATTEMPTS) throw error;
      await sleep(20);
    }
  }
}

const LOCK = `
  update graphile_worker._private_jobs set locked_at = now(), locked_by = 'test'
   where id = $1 and locked_at is null`;

const UNLOCK = 'update graphile_worker._private_jobs set locked_at = null, locked_by = null where id = $1';

/**
 * Does what the worker would have done by `until`, as far as `handlers` go. A job that fails stays, as it would for a
 * worker that died.
 */
export async function runDueJobs<Name extends JobName>(
  db: DataSource,
  handlers: Pick<JobHandlers, Name>,
  until: Date,
): Promise<void> {
  for (;;) {
    const due = await db.query<JobRow<Name>[]>(DUE, [Object.keys(handlers), until]);
    if (due.length === 0) return;
    for (const job of due) await runLocked(db, job, handlers);
  }
}

/** By one at a time, as among workers; and locked, so that a job which asks for itself again gets a new one. */
async function runLocked<Name extends JobName>(
  db: DataSource,
  job: JobRow<Name>,
  handlers: Pick<JobHandlers, Name>,
): Promise<void> {
  const [, locked] = await db.query<[unknown[], number]>(LOCK, [job.id]);
  if (locked !== 1) return;
  try {
    await run(job, handlers);
  } catch (error) {
    await db.query(UNLOCK, [job.id]);
    throw error;
  }
  await db.query('select graphile_worker.complete_jobs(array[$1::bigint])', [job.id]);
}
