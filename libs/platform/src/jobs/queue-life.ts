import type { Pool } from 'pg';
import type { Logger } from 'pino';
import { withConnection } from '../db/connect';
import { freeHeldJobs, giveBackJobs } from './job-locks';
import { keepPresence } from './queue-presence';

/** What lasts as long as one run of the queue, and what is left to do after it. */
export class QueueLife {
  /** Ids of the jobs that run. */
  readonly running = new Set<string>();
  /** Ids of the jobs that the stop has interrupted. */
  readonly interrupted = new Set<string>();
  private queueId: string | undefined;
  private presence = Promise.resolve();
  private readonly over = new AbortController();

  constructor(
    private readonly pool: Pool,
    private readonly options: { databaseUrl: string; logger: Logger },
  ) {}

  begin(queueId: string): void {
    this.queueId = queueId;
    this.presence = keepPresence({
      ...this.options,
      queueId,
      running: this.running,
      signal: this.over.signal,
    });
  }

  /** Call it when no more jobs are taken. Closes the pool. */
  async end(): Promise<void> {
    this.over.abort();
    await this.presence;
    await this.releaseJobs().catch((error: unknown) =>
      this.options.logger.warn({ err: error }, 'jobs stay locked until a worker frees them'),
    );
    await this.pool.end();
  }

  /** On a connection of its own: after an outage the pool still has dead ones to offer. */
  private async releaseJobs(): Promise<void> {
    const { queueId } = this;
    if (queueId === undefined) return;
    await withConnection(this.options.databaseUrl, async (client) => {
      await giveBackJobs(client, [...this.interrupted]);
      await freeHeldJobs(client, queueId);
    });
  }
}
