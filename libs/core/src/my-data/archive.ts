import { PassThrough, Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { ZipFile } from 'yazl';

/** From here on sizes need the longer fields of ZIP64. APPNOTE 4.3.9.2 */
const MAX_ZIP32 = 0xffff_ffff;

export interface ArchivedFile {
  /** Bytes, about. */
  size: number;
  modifiedAt: Date;
}

/** A zip that is read while it is written; of each entry only what is on its way is in memory. */
export class Archive {
  readonly output: Readable;
  private readonly zip = new ZipFile();
  private readonly stopped = new AbortController();

  constructor() {
    this.output = this.zip.outputStream as PassThrough;
    this.output.on('error', () => undefined);
    this.zip.on('error', (error: Error) => this.stop(error));
  }

  /** Resolves when it was taken in. Rejects when the archive was stopped. */
  async addText(name: string, text: AsyncIterable<string> | Iterable<string>): Promise<void> {
    await this.add(Readable.from(text, { objectMode: false }), name, { compress: true });
  }

  /** As it is: most files are compressed already. What the body throws stops the archive. */
  async addFile(
    name: string,
    body: AsyncIterable<Buffer>,
    { size, modifiedAt }: ArchivedFile,
  ): Promise<void> {
    await this.add(Readable.from(body, { objectMode: false }), name, {
      compress: false,
      mtime: modifiedAt,
      forceZip64Format: size >= MAX_ZIP32,
    });
  }

  end(): void {
    this.zip.end();
  }

  /** Whoever reads it, and whoever waits for an entry, fails with `error`. */
  stop(error: Error): void {
    this.stopped.abort(error);
    this.output.destroy(error);
  }

  private async add(
    body: Readable,
    name: string,
    options: { compress: boolean; mtime?: Date; forceZip64Format?: boolean },
  ): Promise<void> {
    const { signal } = this.stopped;
    signal.throwIfAborted();
    this.zip.addReadStream(body, name, options);
    try {
      await finished(body, { signal });
    } catch (error) {
      body.destroy();
      this.stop(error as Error);
      signal.throwIfAborted();
    }
  }
}

/** Fills an archive while `send` reads it; when one of them fails, so does the other, and this with the first failure. */
export async function writeArchive(
  fill: (archive: Archive) => Promise<void>,
  send: (body: AsyncIterable<Buffer>) => Promise<number>,
): Promise<number> {
  const archive = new Archive();
  let failure: { error: unknown } | undefined;
  const stop = (error: unknown): void => {
    failure ??= { error };
    archive.stop(error as Error);
  };
  const filling = fill(archive)
    .then(() => archive.end())
    .catch(stop);
  const sending = send(archive.output as AsyncIterable<Buffer>).catch((error: unknown) => {
    stop(error);
    return 0;
  });
  const [size] = await Promise.all([sending, filling]);
  if (failure) throw failure.error;
  return size;
}
