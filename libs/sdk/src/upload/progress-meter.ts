export interface Progress {
  /** Bytes sent, confirmed or not. Never decreases, also when something is sent again. */
  loaded: number;
  /** Bytes the storage has answered 200 for. */
  confirmed: number;
  total: number;
  /** At most 0.999 until the server has made the asset, then 1. */
  fraction: number;
  /** Smoothed over the last seconds; 0 until known. */
  bytesPerSecond: number;
  /** Null while the speed is unknown. */
  etaSeconds: number | null;
}

const REPORT_EVERY_MS = 100;
const HALF_LIFE_MS = 3000;

/** Before the first byte. */
export const noProgress = (total: number): Progress => ({
  loaded: 0,
  confirmed: 0,
  total,
  fraction: 0,
  bytesPerSecond: 0,
  etaSeconds: null,
});

/** Turns the raw counts of one or several PUTs into what a person can look at: at most 10 reports a second, and the last. */
export class ProgressMeter {
  #shown = 0;
  #loaded = 0;
  #confirmed = 0;
  #moved = 0;
  #sampledAt: number;
  #reportedAt = Number.NEGATIVE_INFINITY;
  #bytesPerSecond = 0;

  readonly #total: number;
  readonly #onProgress: (progress: Progress) => void;
  readonly #clock: () => number;

  constructor(
    total: number,
    onProgress: (progress: Progress) => void,
    clock: () => number = () => performance.now(),
  ) {
    this.#total = total;
    this.#onProgress = onProgress;
    this.#clock = clock;
    this.#sampledAt = clock();
  }

  /** Sending starts, or starts again, with this many bytes in place; they and the time before do not count as speed. */
  restart(confirmed = 0): void {
    this.#loaded = confirmed;
    this.#confirmed = confirmed;
    this.#moved = 0;
    this.#sampledAt = this.#clock();
  }

  report(loaded: number, confirmed = 0): void {
    const now = Math.min(loaded, this.#total);
    // A part that failed takes its bytes back; the others moved all the same.
    this.#moved += Math.max(0, now - this.#loaded);
    this.#loaded = now;
    this.#confirmed = confirmed;
    this.#shown = Math.max(this.#shown, now);
    const at = this.#clock();
    if (at - this.#reportedAt < REPORT_EVERY_MS) return;
    this.#reportedAt = at;
    this.#sample(at);
    this.flush();
  }

  /** Reports now: nothing more will come for a while. */
  flush(): void {
    this.#emit(Math.min(this.#shown / this.#total, 0.999));
  }

  finish(): void {
    this.#shown = this.#loaded = this.#confirmed = this.#total;
    this.#emit(1);
  }

  #sample(at: number): void {
    const elapsed = at - this.#sampledAt;
    if (elapsed <= 0) return;
    const speed = (this.#moved / elapsed) * 1000;
    const weight = this.#bytesPerSecond === 0 ? 1 : 1 - 2 ** (-elapsed / HALF_LIFE_MS);
    this.#bytesPerSecond += (speed - this.#bytesPerSecond) * weight;
    this.#sampledAt = at;
    this.#moved = 0;
  }

  #emit(fraction: number): void {
    const speed = this.#bytesPerSecond;
    this.#onProgress({
      loaded: this.#shown,
      confirmed: this.#confirmed,
      total: this.#total,
      fraction,
      bytesPerSecond: Math.round(speed),
      etaSeconds: speed > 0 ? Math.ceil((this.#total - this.#loaded) / speed) : null,
    });
  }
}
