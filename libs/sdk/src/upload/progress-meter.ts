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
  private shown = 0;
  private loaded = 0;
  private sampledAt: number;
  private sampledBytes = 0;
  private reportedAt = Number.NEGATIVE_INFINITY;
  private bytesPerSecond = 0;

  constructor(
    private readonly total: number,
    private readonly onProgress: (progress: Progress) => void,
    private readonly clock: () => number = () => performance.now(),
  ) {
    this.sampledAt = clock();
  }

  /** Another PUT starts at its first byte. */
  restart(): void {
    this.loaded = 0;
    this.sampledBytes = 0;
    this.sampledAt = this.clock();
  }

  report(loaded: number): void {
    this.loaded = Math.min(loaded, this.total);
    this.shown = Math.max(this.shown, this.loaded);
    const now = this.clock();
    if (now - this.reportedAt < REPORT_EVERY_MS) return;
    this.reportedAt = now;
    this.sample(now);
    this.emit(Math.min(this.shown / this.total, 0.999));
  }

  finish(): void {
    this.loaded = this.total;
    this.shown = this.total;
    this.emit(1);
  }

  private sample(now: number): void {
    const elapsed = now - this.sampledAt;
    if (elapsed <= 0) return;
    const speed = ((this.loaded - this.sampledBytes) / elapsed) * 1000;
    const weight = this.bytesPerSecond === 0 ? 1 : 1 - 2 ** (-elapsed / HALF_LIFE_MS);
    this.bytesPerSecond += (speed - this.bytesPerSecond) * weight;
    this.sampledAt = now;
    this.sampledBytes = this.loaded;
  }

  private emit(fraction: number): void {
    const { total, shown, bytesPerSecond } = this;
    const etaSeconds = bytesPerSecond > 0 ? Math.ceil((total - this.loaded) / bytesPerSecond) : null;
    this.onProgress({
      loaded: shown,
      total,
      fraction,
      bytesPerSecond: Math.round(bytesPerSecond),
      etaSeconds,
    });
  }
}
