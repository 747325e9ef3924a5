import { PassThrough, type Readable } from 'node:stream';
import { toStorageError } from './s3-errors';

export interface BodyGuard {
  /** What the body is asked for, e.g. `read some/key`. */
  action: string;
  /** Milliseconds without a byte after which the storage is given up. */
  idleMs: number;
}

/** The same bytes; what goes wrong on the way, silence included, arrives as a `StorageError`. */
export function guardBody(body: Readable, { action, idleMs }: BodyGuard): Readable {
  const out = new PassThrough();
  const silence = setTimeout(() => {
    // A slow reader holds the body up; that is no fault of the storage.
    if (body.isPaused()) silence.refresh();
    else body.destroy(new Error(`no more bytes within ${idleMs} ms`));
  }, idleMs);
  body.on('data', () => silence.refresh());
  body.on('error', (error) => out.destroy(toStorageError(error, action)));
  out.on('close', () => body.destroy());
  body.on('close', () => clearTimeout(silence));
  return body.pipe(out);
}

/**
 * Stops beyond `length` bytes, so that a storage that ignores ranges cannot fill the memory with a whole object. Not
 * at `length`: a body that is left before its end takes its connection with it.
 */
export async function readAtMost(body: Readable, length: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    const bytes = chunk as Buffer;
    chunks.push(bytes);
    size += bytes.length;
    if (size > length) break;
  }
  return Buffer.concat(chunks, Math.min(size, length));
}
