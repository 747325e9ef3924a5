import { atOrAfter, firstIndex, type Bound } from './bounds';
import type { Cursor, Entry } from './entry';

/** The newest entries, in order. Bounded by the size at which the ledger rotates its log. */
export class MemoryTable {
  private readonly keys: string[] = [];
  private readonly values = new Map<string, unknown>();

  get size(): number {
    return this.keys.length;
  }

  set({ key, value }: Entry): void {
    if (!this.values.has(key)) this.keys.splice(this.indexOf(atOrAfter(key)), 0, key);
    this.values.set(key, value);
  }

  /** `undefined` when this table knows nothing of the key, `null` when it was deleted. */
  get(key: string): unknown {
    return this.values.get(key);
  }

  cursor(bound: Bound): Cursor {
    let index = this.indexOf(bound);
    return {
      peek: () => {
        const key = this.keys[index];
        return key === undefined ? undefined : { key, value: this.values.get(key) };
      },
      advance: () => {
        index++;
      },
    };
  }

  private indexOf(bound: Bound): number {
    return firstIndex(this.keys.length, (index) => this.keys[index] ?? '', bound);
  }
}
