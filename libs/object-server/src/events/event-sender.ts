import { setTimeout as sleep } from 'node:timers/promises';
import type { ServerLogger } from '../server-logger';

export interface EventTarget {
  url: string;
  /** Sent along as a bearer token. */
  token: string;
}

/** As many as fit into some megabytes; whoever misses one looks at the bucket. */
const MAX_WAITING = 10_000;
/** Keys may have 1,024 bytes, three times that when encoded: this many stay below 256 KiB, which is what small servers take. */
const MAX_RECORDS = 50;
const TRIES = 8;
const FIRST_PAUSE_MS = 200;
const MAX_PAUSE_MS = 10_000;
const PATIENCE_MS = 10_000;

/**
 * Tells of created objects, in order and a few at a time, without anybody waiting for it. At most once: what is not
 * delivered when the server stops, or when the target stays away for long, is lost.
 */
export class EventSender {
  private readonly waiting: object[] = [];
  private readonly stopping = new AbortController();
  private running: Promise<void> | null = null;
  /** Since the last that was logged. */
  private dropped = 0;

  constructor(
    private readonly target: EventTarget,
    private readonly logger: ServerLogger,
  ) {}

  tell(record: object): void {
    if (this.stopping.signal.aborted) return;
    if (this.waiting.length >= MAX_WAITING) {
      this.waiting.shift();
      this.dropped += 1;
    }
    this.waiting.push(record);
    this.running ??= this.drain();
  }

  async close(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async drain(): Promise<void> {
    while (this.waiting.length > 0 && !this.stopping.signal.aborted) {
      await this.deliver(this.waiting.splice(0, MAX_RECORDS));
      this.logDropped();
    }
    // In the tick that found nothing waiting: what is told a moment later would find somebody running who has stopped.
    this.running = null;
  }

  /** Once a delivery, since a target that is away would fill the log with as many lines as there are objects. */
  private logDropped(): void {
    if (this.dropped === 0) return;
    this.logger.warn({ events: this.dropped }, 'Events were dropped: too many waited');
    this.dropped = 0;
  }

  /** Never rejects. */
  private async deliver(records: object[]): Promise<void> {
    const { signal } = this.stopping;
    for (let attempt = 1; !signal.aborted; attempt += 1) {
      const failure = await this.post(records).catch((error: unknown) => String(error));
      if (failure === null) return;
      if (attempt === TRIES) {
        this.logger.warn({ events: records.length, failure }, 'Events could not be delivered');
        return;
      }
      const pause = Math.random() * Math.min(MAX_PAUSE_MS, FIRST_PAUSE_MS * 2 ** attempt);
      await sleep(pause, undefined, { signal }).catch(() => undefined);
    }
  }

  /** Null when the target has taken them, else why not. */
  private async post(records: object[]): Promise<string | null> {
    const response = await fetch(this.target.url, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.target.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ Records: records }),
      signal: AbortSignal.any([this.stopping.signal, AbortSignal.timeout(PATIENCE_MS)]),
    });
    await response.arrayBuffer();
    return response.ok ? null : `answered ${response.status}`;
  }
}
