import type { Logger } from 'pino';
import { JOB_NAMES, type JobName, type JobRegistry } from './job-registry';

export interface JobContext {
  jobId: string;
  /** 1 for the first. */
  attempt: number;
  maxAttempts: number;
  /** Aborts when the worker stops and the job has had its time to finish. */
  signal: AbortSignal;
  log: Logger;
}

/** What each job does. It may run twice, so doing it again must change nothing; failing means it is tried again. */
export type JobHandlers = {
  [Name in JobName]: (payload: JobRegistry[Name], context: JobContext) => Promise<void>;
};

/** A job without a handler would wait for ever, unseen: better not to start. */
export function requireEveryHandler(handlers: Partial<JobHandlers>): void {
  const missing = JOB_NAMES.filter((name) => !handlers[name]);
  if (missing.length > 0) throw new Error(`The worker has no handler for: ${missing.join(', ')}.`);
}
