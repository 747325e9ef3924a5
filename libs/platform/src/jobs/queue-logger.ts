import { Logger as QueueLogger } from 'graphile-worker';
import type { Logger } from 'pino';

/** Its information is about each poll and each job: too much for ours. */
const METHODS: Record<string, 'error' | 'warn' | 'debug'> = { error: 'error', warning: 'warn' };

/** What the queue says about itself, in our log. The ends of jobs are told by job-tasks.ts, with more to them. */
export function queueLogger(logger: Logger): QueueLogger {
  return new QueueLogger(() => (level, message, meta) => {
    if (meta?.['failure'] === true || meta?.['success'] === true) return;
    const facts = meta?.['error'] === undefined ? {} : { err: meta['error'] };
    logger[METHODS[level] ?? 'debug'](facts, message);
  });
}
