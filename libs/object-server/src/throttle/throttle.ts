import { setTimeout as sleep } from 'node:timers/promises';

const MS_PER_SECOND = 1000;

/** Lets bytes pass at a rate that all who use it share, as a line does. Built for tests of slow lines. */
export class Throttle {
  /** When the line is free again, on `clock`. */
  private freeAt = 0;

  constructor(
    private readonly bytesPerSecond: number,
    private readonly clock: () => number = () => performance.now(),
  ) {}

  /** How long these bytes keep the line busy, and those before them, in milliseconds from now. */
  reserve(bytes: number): number {
    const now = this.clock();
    this.freeAt = Math.max(this.freeAt, now) + (bytes / this.bytesPerSecond) * MS_PER_SECOND;
    return this.freeAt - now;
  }

  async *slow(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      await sleep(this.reserve(chunk.length));
      yield chunk;
    }
  }
}
