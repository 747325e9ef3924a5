import { S3Error } from '../errors/s3-error';

/** Reads lines and counted bytes from a stream of buffers, without joining them. */
export class ByteReader {
  private readonly source: AsyncIterator<Buffer>;
  private current: Buffer = Buffer.alloc(0);

  constructor(source: AsyncIterable<Buffer>) {
    this.source = source[Symbol.asyncIterator]();
  }

  /** A line without its CR LF; characters stand for bytes. Throws IncompleteBody at the end or when it is too long. */
  async readLine(maxLength: number): Promise<string> {
    let line = '';
    for (;;) {
      const end = this.current.indexOf(0x0a);
      line += this.take(end === -1 ? this.current.length : end + 1).toString('latin1');
      if (line.length > maxLength) throw new S3Error('IncompleteBody');
      if (end !== -1) return line.replace(/\r?\n$/, '');
      await this.refill();
    }
  }

  /** Some of the next bytes, at least one and at most `limit`. Throws IncompleteBody at the end. */
  async readSome(limit: number): Promise<Buffer> {
    if (this.current.length === 0) await this.refill();
    return this.take(Math.min(limit, this.current.length));
  }

  /** Whether bytes are left. */
  async isAtEnd(): Promise<boolean> {
    return this.current.length === 0 && !(await this.advance());
  }

  async close(): Promise<void> {
    await this.source.return?.();
  }

  private take(length: number): Buffer {
    const taken = this.current.subarray(0, length);
    this.current = this.current.subarray(length);
    return taken;
  }

  private async refill(): Promise<void> {
    if (!(await this.advance())) throw new S3Error('IncompleteBody');
  }

  private async advance(): Promise<boolean> {
    while (this.current.length === 0) {
      const next = await this.source.next();
      if (next.done) return false;
      this.current = next.value;
    }
    return true;
  }
}
