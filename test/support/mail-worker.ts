import { setTimeout as sleep } from 'node:timers/promises';
import type { Deps } from '@slipway/core/shared/deps';
import type { JobHandlers } from '@slipway/platform/jobs/job-handlers';
import { JOB_NAMES } from '@slipway/platform/jobs/job-registry';
import { startJobRunner } from '@slipway/platform/jobs/runner';
import { accountMailJobs } from '@slipway/worker/accounts/mail-jobs';
import { pino } from 'pino';

export interface MailWorker {
  log: Record<string, unknown>[];
  /** Resolves when no mail is left to send; failed ones are tried again at once. */
  untilSent(): Promise<void>;
  stop(): Promise<void>;
}

const LEFT = `
  select count(*)::int as count from graphile_worker._private_jobs as jobs
    join graphile_worker._private_tasks as tasks on tasks.id = jobs.task_id where tasks.identifier like 'mail-%'`;

const HURRY = `
  update graphile_worker._private_jobs set run_at = now() where run_at > now() and locked_at is null`;

/** A worker that sends the mails of accounts, and does nothing else. */
export async function startMailWorker(deps: Deps, databaseUrl: string): Promise<MailWorker> {
  const log: Record<string, unknown>[] = [];
  const logger = pino(
    { level: 'debug' },
    { write: (line) => void log.push(JSON.parse(line) as Record<string, unknown>) },
  );
  const idle = Object.fromEntries(JOB_NAMES.map((name) => [name, () => Promise.resolve()]));
  const handlers = { ...(idle as unknown as JobHandlers), ...accountMailJobs(deps) };
  const runner = await startJobRunner({ databaseUrl, handlers, concurrency: 2, logger });
  return {
    log,
    async untilSent() {
      for (;;) {
        const [row] = await deps.db.query<{ count: number }[]>(LEFT);
        if (row?.count === 0) return;
        await deps.db.query(HURRY);
        await sleep(20);
      }
    },
    stop: () => runner.stop(),
  };
}
