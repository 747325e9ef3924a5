import { setTimeout as sleep } from 'node:timers/promises';
import type { ServerLogger } from '../server-logger';

export interface EventTarget {
  url: string;
  /** Sent along as a bearer token. */
  token: string;
}

/** As many as fit into some megabytes; whoever misses one looks at the bucket. */
const MAX_WAITING = 10_000;
const MAX_RECORDS = 100;
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

  constructor(
    private readonly target: EventTarget,
    private readonly logger: ServerLogger,
  ) {}

  tell(record: object): void {
    if (this.stopping.signal.aborted) return;
    if (this.waiting.length >= MAX_WAITING) {
      this.waiting.shift();
      this.logger.warn({ waiting: MAX_WAITING }, 'An event was dropped: too many wait');
    }
    this.waiting.push(record);
    this.running ??= this.drain().finally(() => (this.running = null));
  }

  async close(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async drain(): Promise<void> {
    while (this.waiting.length > 0 && !this.stopping.signal.aborted) {
      await this.deliver(this.waiting.splice(0, MAX_RECORDS));
    }
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
