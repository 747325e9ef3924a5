import type { Connection, UploadSettings } from '../client/connection.js';
import { interruptible } from '../client/interruptible.js';

/** Answers in a row that let the pool grow again by one. */
const GOOD_ANSWERS = 20;

/** The PUTs of all uploads of one client: so many at once, in the order in which they came. */
export class PutPool {
  #running = 0;
  #good = 0;
  #limit: number;
  readonly #waiting: (() => void)[] = [];

  constructor(readonly size: number) {
    this.#limit = size;
  }

  async run<T>(signal: AbortSignal, put: () => Promise<T>): Promise<T> {
    if (this.#running >= this.#limit) await this.#turn(signal);
    else this.#running += 1;
    try {
      return await put();
    } finally {
      this.#leave();
    }
  }

  /** The storage asked for less. */
  shrink(): void {
    this.#good = 0;
    this.#limit = Math.max(1, this.#limit - 1);
  }

  /** The storage took a part. */
  confirm(): void {
    this.#good += 1;
    if (this.#good % GOOD_ANSWERS !== 0 || this.#limit === this.size) return;
    this.#limit += 1;
    this.#admit();
  }

  /** Who is let in has been counted already. */
  async #turn(signal: AbortSignal): Promise<void> {
    let enter = () => {};
    const turn = new Promise<void>((resolve) => (enter = resolve));
    this.#waiting.push(enter);
    try {
      await interruptible(signal, () => turn);
    } catch (error) {
      const place = this.#waiting.indexOf(enter);
      if (place < 0) this.#leave();
      else this.#waiting.splice(place, 1);
      throw error;
    }
  }

  #leave(): void {
    this.#running -= 1;
    this.#admit();
  }

  #admit(): void {
    while (this.#running < this.#limit && this.#waiting.length > 0) {
      this.#running += 1;
      this.#waiting.shift()?.();
    }
  }
}

const pools = new WeakMap<UploadSettings, PutPool>();

/** The pool of a client: here and not in the client, which pages have that never send a file. */
export function poolOf({ uploads }: Connection): PutPool {
  const pool = pools.get(uploads) ?? new PutPool(uploads.concurrency);
  pools.set(uploads, pool);
  return pool;
}
