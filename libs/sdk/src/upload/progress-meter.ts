export interface Progress {
  /** Bytes. Never decreases, also when a PUT is sent again. */
  loaded: number;
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

/** Turns the raw counts of one or several PUTs into what a person can look at: at most 10 reports a second, and the last. */
export class ProgressMeter {
  #shown = 0;
  #loaded = 0;
  #sampledAt: number;
  #sampledBytes = 0;
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

  /** Another PUT starts at its first byte. */
  restart(): void {
    this.#loaded = 0;
    this.#sampledBytes = 0;
    this.#sampledAt = this.#clock();
  }

  report(loaded: number): void {
    this.#loaded = Math.min(loaded, this.#total);
    this.#shown = Math.max(this.#shown, this.#loaded);
    const now = this.#clock();
    if (now - this.#reportedAt < REPORT_EVERY_MS) return;
    this.#reportedAt = now;
    this.#sample(now);
    this.#emit(Math.min(this.#shown / this.#total, 0.999));
  }

  finish(): void {
    this.#loaded = this.#total;
    this.#shown = this.#total;
    this.#emit(1);
  }

  #sample(now: number): void {
    const elapsed = now - this.#sampledAt;
    if (elapsed <= 0) return;
    const speed = ((this.#loaded - this.#sampledBytes) / elapsed) * 1000;
    const weight = this.#bytesPerSecond === 0 ? 1 : 1 - 2 ** (-elapsed / HALF_LIFE_MS);
    this.#bytesPerSecond += (speed - this.#bytesPerSecond) * weight;
    this.#sampledAt = now;
    this.#sampledBytes = this.#loaded;
  }

  #emit(fraction: number): void {
    const speed = this.#bytesPerSecond;
    this.#onProgress({
      loaded: this.#shown,
      total: this.#total,
      fraction,
      bytesPerSecond: Math.round(speed),
      etaSeconds: speed > 0 ? Math.ceil((this.#total - this.#loaded) / speed) : null,
    });
  }
}
