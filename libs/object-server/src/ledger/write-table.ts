import { open } from 'node:fs/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Cursor, Entry } from './entry';

/** The file ends with the offset of its index, in decimal digits. */
export const FOOTER_LENGTH = 16;
const BLOCK_SIZE = 8 * 1024;
const BATCH_SIZE = 256 * 1024;

const encodeLine = ({ key, value }: Entry): Buffer =>
  Buffer.from(`${JSON.stringify(value === null ? [key] : [key, value])}\n`);

/**
 * Writes a sorted table: lines of `[key, value]` in blocks of about 8 KiB, then the index `[[first key, offset], …]`, then
 * its offset. Lets other work run after each batch. Its sources must not change while it is written.
 */
export async function writeTable(path: string, entries: Cursor): Promise<void> {
  const file = await open(path, 'w');
  try {
    const index: [string, number][] = [];
    let offset = 0;
    let blockEnd = 0;
    let batch: Buffer[] = [];
    let batched = 0;
    for (let entry = entries.peek(); entry; entry = entries.peek()) {
      const line = encodeLine(entry);
      if (offset >= blockEnd) {
        index.push([entry.key, offset]);
        blockEnd = offset + BLOCK_SIZE;
      }
      offset += line.length;
      batch.push(line);
      batched += line.length;
      entries.advance();
      if (batched < BATCH_SIZE) continue;
      await file.writeFile(Buffer.concat(batch));
      batch = [];
      batched = 0;
      await nextTurn();
    }
    const footer = `${JSON.stringify(index)}${String(offset).padStart(FOOTER_LENGTH, '0')}`;
    await file.writeFile(Buffer.concat([...batch, Buffer.from(footer)]));
    await file.sync();
  } finally {
    await file.close();
  }
}
