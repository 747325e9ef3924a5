import { createHash } from 'node:crypto';

/** Bytes of a SHA-256. */
export const HASH_LENGTH = 32;

/** Told apart by their first byte, so that no inner node can pass for a leaf (RFC 9162, 2.1.1). */
const LEAF = Buffer.of(0);
const NODE = Buffer.of(1);

export const leafHash = (entry: string): Buffer => createHash('sha256').update(LEAF).update(entry).digest();

const nodeHash = (left: Buffer, right: Buffer): Buffer =>
  createHash('sha256').update(NODE).update(left).update(right).digest();

/** One level up; the last of an odd number goes up as it is. */
function above(level: readonly Buffer[]): Buffer[] {
  const next: Buffer[] = [];
  for (let index = 0; index < level.length; index += 2) {
    const [left, right] = [level[index] as Buffer, level[index + 1]];
    next.push(right ? nodeHash(left, right) : left);
  }
  return next;
}

/** Of at least one leaf. */
export function merkleRoot(leaves: readonly Buffer[]): Buffer {
  let level = leaves;
  while (level.length > 1) level = above(level);
  return level[0] as Buffer;
}

/** What is needed besides the leaf to get to the root, from the bottom up (RFC 9162, 2.1.3.1). */
export function inclusionPath(leaves: readonly Buffer[], index: number): Buffer[] {
  const path: Buffer[] = [];
  let [level, position] = [leaves, index];
  while (level.length > 1) {
    const sibling = level[position ^ 1];
    if (sibling) path.push(sibling);
    [level, position] = [above(level), position >> 1];
  }
  return path;
}

/** Where a leaf and its path lead; null for a path of another length (RFC 9162, 2.1.3.2). */
export function rootByPath(
  leaf: Buffer,
  { index, count }: { index: number; count: number },
  path: readonly Buffer[],
): Buffer | null {
  if (!(index >= 0 && index < count)) return null;
  const rest = path.slice();
  let hash = leaf;
  for (let [position, last] = [index, count - 1]; last > 0; position >>= 1, last >>= 1) {
    if (position === last && position % 2 === 0) continue;
    const sibling = rest.shift();
    if (!sibling) return null;
    hash = position % 2 === 1 ? nodeHash(sibling, hash) : nodeHash(hash, sibling);
  }
  return rest.length === 0 ? hash : null;
}
