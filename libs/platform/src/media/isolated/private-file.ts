import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

export class InputTooLarge extends Error {
  constructor(readonly maxBytes: number) {
    super(`The file has more than ${maxBytes} bytes.`);
    this.name = 'InputTooLarge';
  }
}

export interface PrivateFileOptions {
  maxBytes: number;
  signal?: AbortSignal | undefined;
}

/**
 * Writes `source` to a file that only this user can read, under a name nobody can guess, for as long as `use` runs.
 * Fails with `InputTooLarge`, with the stream's own error or with `signal`'s reason; the file is gone in any case.
 */
export async function withPrivateFile<Result>(
  source: Readable,
  { maxBytes, signal }: PrivateFileOptions,
  use: (file: string) => Promise<Result>,
): Promise<Result> {
  // Until the copying begins nobody else listens, and an error without a listener ends the process.
  source.on('error', () => undefined);
  const folder = await mkdtemp(join(tmpdir(), 'slipway-')).catch((error: unknown) => {
    source.destroy();
    throw error;
  });
  try {
    const file = join(folder, randomUUID());
    await pipeline(source, atMost(maxBytes), createWriteStream(file, { mode: 0o600, flags: 'wx' }), {
      signal,
    });
    return await use(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const atMost = (maxBytes: number) =>
  async function* limit(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    let seen = 0;
    for await (const chunk of source) {
      seen += chunk.length;
      if (seen > maxBytes) throw new InputTooLarge(maxBytes);
      yield chunk;
    }
  };
