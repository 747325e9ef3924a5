import { open, type FileHandle } from 'node:fs/promises';

const BATCH_SIZE = 1024 * 1024;

/**
 * Writes a stream to a new file and flushes it to the disk; returns its length. While one batch is written the next one is
 * received, and no more than two are ever in memory: the reader is slowed down to the speed of the disk.
 */
export async function writePiece(path: string, chunks: AsyncIterable<Buffer>): Promise<number> {
  const file = await open(path, 'wx');
  try {
    let size = 0;
    let batch: Buffer[] = [];
    let batched = 0;
    let writing: Promise<void> = Promise.resolve();
    for await (const chunk of chunks) {
      batch.push(chunk);
      batched += chunk.length;
      size += chunk.length;
      if (batched < BATCH_SIZE) continue;
      await writing;
      writing = startWriting(file, batch, batched);
      batch = [];
      batched = 0;
    }
    await writing;
    await writeBatch(file, batch, batched);
    await file.sync();
    return size;
  } finally {
    await file.close();
  }
}

/** A failure is met at the next `await`; until then it must not count as unhandled. */
function startWriting(file: FileHandle, batch: Buffer[], length: number): Promise<void> {
  const writing = writeBatch(file, batch, length);
  writing.catch(() => undefined);
  return writing;
}

async function writeBatch(file: FileHandle, batch: Buffer[], length: number): Promise<void> {
  if (length === 0) return;
  const { bytesWritten } = await file.writev(batch);
  if (bytesWritten < length) await file.writeFile(Buffer.concat(batch).subarray(bytesWritten));
}
