import { NetworkError } from '../errors/network-error.js';

/** Checks within one limit. Counting checks and not the clock means that a laptop's sleep is one check long. */
const CHECKS = 4;

export interface WatchdogLimits {
  /** Without a further byte sent. */
  stallTimeoutMs: number;
  /** Without an answer, after the last byte. */
  responseTimeoutMs: number;
}

/** Calls `onStall` once when a PUT stops moving. Browsers wait for ever, and so would an upload. */
export class StallWatchdog {
  #idleChecks = 0;
  #loaded = 0;
  #timer: ReturnType<typeof setInterval>;

  readonly #limits: WatchdogLimits;
  readonly #onStall: (error: NetworkError) => void;

  constructor(limits: WatchdogLimits, onStall: (error: NetworkError) => void) {
    this.#limits = limits;
    this.#onStall = onStall;
    this.#timer = this.#watch(limits.stallTimeoutMs, 'The transfer stands still.');
  }

  progress(loaded: number): void {
    if (loaded > this.#loaded) this.#idleChecks = 0;
    this.#loaded = loaded;
  }

  sent(): void {
    this.stop();
    this.#timer = this.#watch(this.#limits.responseTimeoutMs, 'The storage does not answer.');
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #watch(limitMs: number, message: string): ReturnType<typeof setInterval> {
    this.#idleChecks = 0;
    return setInterval(() => {
      this.#idleChecks += 1;
      if (this.#idleChecks < CHECKS) return;
      this.stop();
      this.#onStall(new NetworkError(message, { code: 'stalled' }));
    }, limitMs / CHECKS);
  }
}
