import { after, atOrAfter, pastPrefix, type Bound } from '../ledger/bounds';
import type { Cursor } from '../ledger/entry';

/** Where a page goes on: behind a key, or behind a whole group of keys that was shown as one common prefix. */
export type ListMarker = { key: string } | { commonPrefix: string };

export interface ListQuery {
  prefix: string;
  delimiter: string;
  /** Keys and common prefixes together. */
  limit: number;
  marker: ListMarker | null;
}

export interface ListPage<T> {
  values: T[];
  commonPrefixes: string[];
  /** Null on the last page. */
  next: ListMarker | null;
}

/**
 * One page of a listing. Jumps over each group of keys that it folds into a common prefix, so a page costs about as much as
 * what it shows, however many objects there are. `root` is what the ledger puts before the keys of the bucket.
 */
export function listPage<T>(
  openCursor: (bound: Bound) => Cursor,
  root: string,
  query: ListQuery,
): ListPage<T> {
  const page: ListPage<T> = { values: [], commonPrefixes: [], next: null };
  let last: ListMarker | null = null;
  let cursor = openCursor(firstBound(root, query));
  for (let count = 0; ; count++) {
    const entry = cursor.peek();
    if (!entry?.key.startsWith(root + query.prefix)) return page;
    if (count === query.limit) return { ...page, next: last };
    const key = entry.key.slice(root.length);
    const commonPrefix = commonPrefixOf(key, query);
    if (commonPrefix === null) {
      page.values.push(entry.value as T);
      last = { key };
      cursor.advance();
    } else {
      page.commonPrefixes.push(commonPrefix);
      last = { commonPrefix };
      cursor = openCursor(pastPrefix(root + commonPrefix));
    }
  }
}

function firstBound(root: string, { prefix, marker }: ListQuery): Bound {
  const start = atOrAfter(root + prefix);
  if (marker === null) return start;
  const resume = 'key' in marker ? after(root + marker.key) : pastPrefix(root + marker.commonPrefix);
  return (key) => start(key) && resume(key);
}

function commonPrefixOf(key: string, { prefix, delimiter }: ListQuery): string | null {
  if (delimiter === '') return null;
  const end = key.indexOf(delimiter, prefix.length);
  return end === -1 ? null : key.slice(0, end + delimiter.length);
}
