import { setTimeout as sleep } from 'node:timers/promises';
import { requireEveryHandler } from './job-handlers';
import { startQueue, type Queue, type QueueOptions } from './queue';

export interface JobRunner {
  /** Resolves when the running jobs have finished or were given back, after 17 s at the latest. */
  stop(): Promise<void>;
}

const RESTART_AFTER_MS = 2_000;

/**
 * Runs jobs until it is stopped. A database that goes away, for a moment or for hours, is waited for.
 * Rejects at start for a job without a handler, and for a database that cannot be used.
 */
export async function startJobRunner(options: QueueOptions): Promise<JobRunner> {
  requireEveryHandler(options.handlers);
  return new SupervisedQueue(await startQueue(options), options);
}

/** The queue gives up when it cannot record the end of a job; then a new one takes its place. */
class SupervisedQueue implements JobRunner {
  private readonly stopping = new AbortController();
  private readonly supervision: Promise<void>;

  constructor(
    private queue: Queue,
    private readonly options: QueueOptions,
  ) {
    this.supervision = this.supervise();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    this.queue.stop();
    await this.supervision;
  }

  private async supervise(): Promise<void> {
    for (;;) {
      await this.queue.ended;
      if (this.stopping.signal.aborted) return;
      await this.pause();
      await this.restart();
    }
  }

  /** Leaves the ended queue in place when none can be started. */
  private async restart(): Promise<void> {
    if (this.stopping.signal.aborted) return;
    try {
      this.queue = await startQueue(this.options);
      this.options.logger.info('the job queue runs again');
    } catch (error) {
      this.options.logger.error({ err: error }, 'the job queue cannot start; will try again');
    }
    // Stopped while it started: nobody has told this one.
    if (this.stopping.signal.aborted) this.queue.stop();
  }

  private pause(): Promise<void> {
    return sleep(RESTART_AFTER_MS, undefined, { signal: this.stopping.signal }).catch(() => undefined);
  }
}
