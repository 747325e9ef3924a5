import type { Job, JobHelpers, TaskList } from 'graphile-worker';
import type { Logger } from 'pino';
import type { JobContext, JobHandlers } from './job-handlers';
import { JOB_NAMES, type JobName } from './job-registry';

export interface JobTasksOptions {
  handlers: JobHandlers;
  logger: Logger;
  /** Holds the ids of the jobs that run. */
  running: Set<string>;
  /** Takes the ids of jobs that ended because the worker stops, not by their own fault. */
  interrupted: Set<string>;
}

/** The handlers as graphile-worker calls them. */
export function jobTasks(options: JobTasksOptions): TaskList {
  return Object.fromEntries(
    JOB_NAMES.map((name) => [
      name,
      (payload: unknown, { job, abortSignal }: JobHelpers) =>
        runJob(name, { payload, job, abortSignal }, options),
    ]),
  );
}

async function runJob(
  name: JobName,
  { payload, job, abortSignal }: { payload: unknown; job: Job; abortSignal: AbortSignal },
  { handlers, logger, running, interrupted }: JobTasksOptions,
): Promise<void> {
  const log = logger.child({ job: name, jobId: job.id, attempt: job.attempts });
  const context = {
    jobId: job.id,
    attempt: job.attempts,
    maxAttempts: job.max_attempts,
    signal: abortSignal,
    log,
  };
  const handle = handlers[name] as (payload: unknown, context: JobContext) => Promise<void>;
  running.add(job.id);
  const startedAt = performance.now();
  try {
    await handle(payload, context);
    log.info({ ms: Math.round(performance.now() - startedAt) }, 'job done');
  } catch (error) {
    if (abortSignal.aborted) interrupted.add(job.id);
    report(error, { log, job, interrupted: abortSignal.aborted });
    throw error;
  } finally {
    running.delete(job.id);
  }
}

function report(
  error: unknown,
  { log, job, interrupted }: { log: Logger; job: Job; interrupted: boolean },
): void {
  const facts = { err: error, payload: job.payload, maxAttempts: job.max_attempts };
  if (interrupted) log.info(facts, 'job interrupted: the worker stops, another will do it');
  else if (job.attempts < job.max_attempts) log.warn(facts, 'job failed and will be tried again');
  else log.error(facts, 'job failed for good');
}
