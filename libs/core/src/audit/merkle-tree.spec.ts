import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { inclusionPath, leafHash, merkleRoot, rootByPath } from './merkle-tree';

const sha256 = (...parts: Buffer[]): Buffer => createHash('sha256').update(Buffer.concat(parts)).digest();

/** MTH(D[n]) word by word, RFC 9162, 2.1.1. */
function treeHash(entries: readonly string[]): Buffer {
  if (entries.length === 1) return sha256(Buffer.of(0), Buffer.from(entries[0] as string));
  const k = split(entries.length);
  return sha256(Buffer.of(1), treeHash(entries.slice(0, k)), treeHash(entries.slice(k)));
}

/** PATH(m, D[n]), RFC 9162, 2.1.3.1. */
function pathOf(m: number, entries: readonly string[]): Buffer[] {
  if (entries.length === 1) return [];
  const k = split(entries.length);
  const [left, right] = [entries.slice(0, k), entries.slice(k)];
  return m < k ? [...pathOf(m, left), treeHash(right)] : [...pathOf(m - k, right), treeHash(left)];
}

/** The largest power of two below n. */
function split(n: number): number {
  let k = 1;
  while (2 * k < n) k *= 2;
  return k;
}

const entries = fc.array(fc.string(), { minLength: 1, maxLength: 70 });
const chosen = entries.chain((all) => fc.tuple(fc.constant(all), fc.nat(all.length - 1)));

test('the root is that of RFC 9162', () => {
  fc.assert(
    fc.property(entries, (all) => {
      expect(merkleRoot(all.map(leafHash))).toEqual(treeHash(all));
    }),
  );
});

test('so is the path of each leaf, and it leads to the root', () => {
  fc.assert(
    fc.property(chosen, ([all, index]) => {
      const path = inclusionPath(all.map(leafHash), index);
      expect(path).toEqual(pathOf(index, all));
      const leaf = leafHash(all[index] as string);
      expect(rootByPath(leaf, { index, count: all.length }, path)).toEqual(treeHash(all));
    }),
  );
});

test('another leaf, place, or hash on the way leads elsewhere, and a path of another length nowhere', () => {
  fc.assert(
    fc.property(chosen, fc.nat(), ([all, index], where) => {
      const count = all.length;
      const path = inclusionPath(all.map(leafHash), index);
      const leaf = leafHash(all[index] as string);
      const root = treeHash(all);
      expect(rootByPath(leafHash(`${all[index]}.`), { index, count }, path)).not.toEqual(root);
      expect(rootByPath(leaf, { index, count }, [...path, leaf])).toBeNull();
      if (path.length === 0) return;
      expect(rootByPath(leaf, { index, count }, path.slice(1))).toBeNull();
      const changed = path.map((hash, at) => (at === where % path.length ? leafHash('other') : hash));
      expect(rootByPath(leaf, { index, count }, changed)).not.toEqual(root);
    }),
  );
});

test.each([
  [-1, 3],
  [3, 3],
  [0, 0],
])('there is no leaf %i of %i', (index, count) => {
  expect(rootByPath(leafHash('a'), { index, count }, [])).toBeNull();
});
