interface Keyed {
  key: string;
}

/** The two of one key; null where one side does not have it. */
export interface Pair<Left, Right> {
  left: Left | null;
  right: Right | null;
}

/**
 * Order of the bytes of UTF-8, as storages list and as `collate "C"` sorts; that of strings in JavaScript differs
 * beyond U+FFFF. https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html
 */
export const compareKeys = (one: string, other: string): number =>
  one === other ? 0 : Buffer.compare(Buffer.from(one), Buffer.from(other));

/**
 * Walks two streams once, side by side, holding one item of each. Both must be in the order of `compareKeys`, each key
 * once: of streams in another order nearly everything would look lost, so that throws.
 */
export async function* mergeByKey<Left extends Keyed, Right extends Keyed>(
  lefts: AsyncIterable<Left>,
  rights: AsyncIterable<Right>,
): AsyncGenerator<Pair<Left, Right>> {
  const left = new Ascending(lefts);
  const right = new Ascending(rights);
  try {
    await Promise.all([left.advance(), right.advance()]);
    while (left.current !== null || right.current !== null) {
      const order = orderOf(left.current, right.current);
      const pair = { left: order <= 0 ? left.current : null, right: order >= 0 ? right.current : null };
      yield pair;
      if (pair.left !== null) await left.advance();
      if (pair.right !== null) await right.advance();
    }
  } finally {
    await Promise.all([left.close(), right.close()]);
  }
}

/** A stream that has ended comes after everything. */
function orderOf(left: Keyed | null, right: Keyed | null): number {
  if (left === null) return 1;
  return right === null ? -1 : compareKeys(left.key, right.key);
}

class Ascending<Item extends Keyed> {
  current: Item | null = null;
  private readonly items: AsyncIterator<Item>;

  constructor(items: AsyncIterable<Item>) {
    this.items = items[Symbol.asyncIterator]();
  }

  async advance(): Promise<void> {
    const before = this.current;
    const { value, done } = await this.items.next();
    this.current = done === true ? null : value;
    if (before !== null && this.current !== null && compareKeys(before.key, this.current.key) >= 0) {
      throw new Error(`Keys out of order: ${this.current.key} came after ${before.key}`);
    }
  }

  /** Lets the source end what it has begun, when nobody reads on. */
  async close(): Promise<void> {
    await this.items.return?.();
  }
}
