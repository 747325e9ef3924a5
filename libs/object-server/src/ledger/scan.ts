import { atOrAfter, type Bound } from './bounds';
import type { Cursor } from './entry';
import type { Ledger } from './ledger';

export interface Scan {
  prefix: string;
  from?: Bound;
  limit?: number;
}

/** The values under a prefix in key order; a list, because a cursor may not be kept across an `await`. */
export function scan<T>(ledger: Ledger, { prefix, from, limit = Infinity }: Scan): T[] {
  const start = atOrAfter(prefix);
  const cursor = ledger.cursor((key) => start(key) && (from?.(key) ?? true));
  const found: T[] = [];
  for (const value of walk(cursor, prefix)) {
    if (found.length >= limit) break;
    found.push(value as T);
  }
  return found;
}

function* walk(cursor: Cursor, prefix: string): Generator {
  for (;;) {
    const entry = cursor.peek();
    if (!entry?.key.startsWith(prefix)) return;
    yield entry.value;
    cursor.advance();
  }
}
