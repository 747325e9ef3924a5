import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'pg';
import type { Logger } from 'pino';
import { withConnection } from '../db/connect';
import { freeAbandonedJobs, showPresence } from './job-locks';

export interface PresenceOptions {
  databaseUrl: string;
  logger: Logger;
  /** The name under which this queue locks its jobs. */
  queueId: string;
  /** Ids of the jobs that run in this process. */
  running: ReadonlySet<string>;
  signal: AbortSignal;
}

const EVERY_MS = 5_000;

/**
 * Until `signal` aborts: shows that this queue lives, and frees the jobs of queues that died (`kill -9`, power, a lost
 * machine). Presence is an advisory lock, which PostgreSQL drops with the connection of a dead process. Where only the
 * connection died, a job may run twice, as any job may.
 */
export async function keepPresence(options: PresenceOptions): Promise<void> {
  while (!options.signal.aborted) {
    try {
      await withConnection(options.databaseUrl, (client) => sweepUntilAborted(client, options));
    } catch (error) {
      if (options.signal.aborted) return;
      options.logger.warn({ err: error }, 'cannot look after abandoned jobs; will try again');
      await pause(options.signal);
    }
  }
}

async function sweepUntilAborted(client: Client, options: PresenceOptions): Promise<void> {
  await showPresence(client, options.queueId);
  while (!options.signal.aborted) {
    const jobIds = await freeAbandonedJobs(client, {
      queueId: options.queueId,
      running: [...options.running],
    });
    if (jobIds.length > 0) options.logger.warn({ jobIds }, 'freed jobs that nobody was doing');
    await pause(options.signal);
  }
}

const pause = (signal: AbortSignal): Promise<void> =>
  sleep(EVERY_MS, undefined, { signal }).catch(() => undefined);
