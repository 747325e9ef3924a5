import {
  closeSync,
  fdatasync,
  ftruncateSync,
  openSync,
  readFileSync,
  truncateSync,
  writeSync,
} from 'node:fs';
import { promisify } from 'node:util';
import type { Change } from './entry';
import { decodeLogLine, encodeLogLine } from './log-line';

const flushToDisk = promisify(fdatasync);
const NEWLINE = 0x0a;

/** Append-only file of the newest changes. */
export class LogFile {
  private readonly fd: number;
  private flushing: Promise<void> | null = null;
  private queued: Promise<void> | null = null;

  constructor(
    readonly path: string,
    private length = 0,
  ) {
    this.fd = openSync(path, 'a');
  }

  get size(): number {
    return this.length;
  }

  /**
   * Hands the changes to the operating system in this very tick, so a killed process loses nothing and no other request
   * can step between a check and its write. A half-written line is cut off again: the next one must not follow it.
   */
  append(changes: readonly Change[]): void {
    const line = Buffer.from(encodeLogLine(changes));
    try {
      for (let written = 0; written < line.length;) written += writeSync(this.fd, line, written);
    } catch (error) {
      ftruncateSync(this.fd, this.length);
      throw error;
    }
    this.length += line.length;
  }

  /** Resolves when all that was appended before the call is on the disk; callers that come together share one flush. */
  sync(): Promise<void> {
    if (this.flushing === null) return this.startFlush();
    this.queued ??= this.flushing.then(() => {
      this.queued = null;
      return this.startFlush();
    });
    return this.queued;
  }

  close(): void {
    closeSync(this.fd);
  }

  private startFlush(): Promise<void> {
    this.flushing = this.flush();
    return this.flushing;
  }

  /** A refused flush is never forgotten: every later `sync` waits for it, and so fails with it. */
  private async flush(): Promise<void> {
    await flushToDisk(this.fd);
    this.flushing = null;
  }
}

/** Reads every whole line, returns their length in bytes, and cuts off a torn tail, which a crash leaves where nobody was told of success. */
export function replayLog(path: string, apply: (change: Change) => void): number {
  const content = readFileSync(path);
  let size = 0;
  for (;;) {
    const end = content.indexOf(NEWLINE, size);
    const changes = end === -1 ? null : decodeLogLine(content.toString('utf8', size, end));
    if (changes === null) break;
    changes.forEach(apply);
    size = end + 1;
  }
  if (size < content.length) truncateSync(path, size);
  return size;
}
