/**
 * How many of the newest tables to merge into one (0: none). A table joins once the newer ones together reach half its
 * size, so n entries sit in about log2(n) tables and each is rewritten about log2(n) times.
 */
export function chooseMerge(sizesNewestFirst: readonly number[]): number {
  let total = 0;
  let count = 0;
  for (const size of sizesNewestFirst) {
    if (count > 0 && size > 2 * total) break;
    total += size;
    count++;
  }
  return count > 1 ? count : 0;
}
