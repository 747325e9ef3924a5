import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { atOrAfter, firstIndex, type Bound } from './bounds';
import type { Cursor, Entry } from './entry';
import { FOOTER_LENGTH } from './write-table';

interface Block {
  firstKey: string;
  offset: number;
}

const CACHED_BLOCKS = 32;

/** An immutable sorted file of entries; only the first key of every block stays in memory. */
export class TableFile {
  readonly size: number;
  private readonly fd: number;
  private readonly blocks: Block[];
  private readonly indexOffset: number;
  private readonly cache = new Map<number, Entry[]>();

  constructor(readonly path: string) {
    this.fd = openSync(path, 'r');
    this.size = fstatSync(this.fd).size;
    this.indexOffset = Number(this.readText(this.size - FOOTER_LENGTH, this.size));
    const index = JSON.parse(this.readText(this.indexOffset, this.size - FOOTER_LENGTH)) as [
      string,
      number,
    ][];
    this.blocks = index.map(([firstKey, offset]) => ({ firstKey, offset }));
  }

  /** `undefined` when this table knows nothing of the key, `null` when it was deleted. */
  get(key: string): unknown {
    const entry = this.cursor(atOrAfter(key)).peek();
    return entry?.key === key ? entry.value : undefined;
  }

  cursor(bound: Bound): Cursor {
    const later = firstIndex(this.blocks.length, (index) => this.blocks[index]?.firstKey ?? '', bound);
    let block = Math.max(later - 1, 0);
    let entries = this.readBlock(block);
    let position = firstIndex(entries.length, (index) => entries[index]?.key ?? '', bound);
    const enterNextBlock = (): void => {
      while (position >= entries.length && block < this.blocks.length - 1) {
        entries = this.readBlock(++block);
        position = 0;
      }
    };
    enterNextBlock();
    return {
      peek: () => entries[position],
      advance: () => {
        position++;
        enterNextBlock();
      },
    };
  }

  close(): void {
    closeSync(this.fd);
  }

  private readBlock(number: number): Entry[] {
    const cached = this.cache.get(number);
    if (cached) return cached;
    const block = this.blocks[number];
    if (!block) return [];
    const text = this.readText(block.offset, this.blocks[number + 1]?.offset ?? this.indexOffset);
    const entries = text.split('\n').slice(0, -1).map(decodeLine);
    this.remember(number, entries);
    return entries;
  }

  private remember(number: number, entries: Entry[]): void {
    this.cache.set(number, entries);
    const [oldest] = this.cache.keys();
    if (this.cache.size > CACHED_BLOCKS && oldest !== undefined) this.cache.delete(oldest);
  }

  private readText(start: number, end: number): string {
    const bytes = Buffer.allocUnsafe(end - start);
    for (let read = 0; read < bytes.length;) {
      const count = readSync(this.fd, bytes, read, bytes.length - read, start + read);
      if (count === 0) throw new Error(`${this.path} ends before byte ${end}`);
      read += count;
    }
    return bytes.toString('utf8');
  }
}

function decodeLine(line: string): Entry {
  const [key, value] = JSON.parse(line) as [string, unknown?];
  return { key, value: value ?? null };
}
