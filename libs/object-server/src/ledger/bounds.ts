import { compareKeys } from './compare-keys';

/** Where a scan begins: false for every key before that place and true from there on. */
export type Bound = (key: string) => boolean;

export const atOrAfter =
  (start: string): Bound =>
  (key) =>
    compareKeys(key, start) >= 0;

export const after =
  (start: string): Bound =>
  (key) =>
    compareKeys(key, start) > 0;

/** Skips a whole group of keys; no string is "the last one with this prefix", so it takes a test of its own. */
export const pastPrefix =
  (prefix: string): Bound =>
  (key) =>
    !key.startsWith(prefix) && compareKeys(key, prefix) > 0;

/** Index of the first key at or behind the bound; `count` when there is none. */
export function firstIndex(count: number, keyAt: (index: number) => string, bound: Bound): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (bound(keyAt(middle))) high = middle;
    else low = middle + 1;
  }
  return low;
}
