import { compareKeys } from './compare-keys';
import type { Cursor, Entry } from './entry';

/** One walk over many sources, the newest source first: for a key found in several, the newest entry counts. */
export function mergeCursors(newestFirst: readonly Cursor[], options: { keepDeleted: boolean }): Cursor {
  let current: Entry | undefined;

  const advance = (): void => {
    for (;;) {
      current = smallest(newestFirst);
      if (!current) return;
      for (const cursor of newestFirst) if (cursor.peek()?.key === current.key) cursor.advance();
      if (current.value !== null || options.keepDeleted) return;
    }
  };

  advance();
  return { peek: () => current, advance };
}

function smallest(cursors: readonly Cursor[]): Entry | undefined {
  let found: Entry | undefined;
  for (const cursor of cursors) {
    const entry = cursor.peek();
    if (entry && (!found || compareKeys(entry.key, found.key) < 0)) found = entry;
  }
  return found;
}
