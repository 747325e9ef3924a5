import { DomainError } from '../shared/errors';

const RETRY_AFTER_SECONDS = 2;

/**
 * Bounds how much of one kind of work runs at once in this process, and how much may wait for it. Fails with
 * `rate_limited` when the queue is full: whoever waits longer has gone by then.
 */
export class Slots {
  private taken = 0;
  private readonly queue: (() => void)[] = [];

  constructor(private readonly bounds: { atOnce: number; waiting: number }) {}

  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    await this.enter();
    try {
      return await work();
    } finally {
      this.leave();
    }
  }

  private async enter(): Promise<void> {
    if (this.taken < this.bounds.atOnce) {
      this.taken += 1;
      return;
    }
    if (this.queue.length >= this.bounds.waiting) {
      throw new DomainError('rate_limited', 'Too many people sign in at once.', {
        retryAfter: RETRY_AFTER_SECONDS,
      });
    }
    await new Promise<void>((resolve) => this.queue.push(resolve));
  }

  /** The slot goes to whoever waits longest, and is never free in between. */
  private leave(): void {
    const next = this.queue.shift();
    if (next) next();
    else this.taken -= 1;
  }
}
