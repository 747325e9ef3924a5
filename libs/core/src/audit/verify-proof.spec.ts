import { createHash } from 'node:crypto';
import type { EventProof } from './event-proof';
import { inclusionPath, leafHash, merkleRoot } from './merkle-tree';
import { hashSeal, NO_SEAL } from './seal';
import { verifyProof } from './verify-proof';

const personal = { text: '{"ip":"192.0.2.1"}', salt: 'a1'.repeat(16) };
const digest = createHash('sha256')
  .update(Buffer.from(personal.salt, 'hex'))
  .update(personal.text)
  .digest('hex');
const entry = JSON.stringify([...Array.from({ length: 13 }, () => ''), digest]);

function proofOf(count: number, index: number): EventProof {
  const leaves = Array.from({ length: count }, (_, at) => leafHash(at === index ? entry : String(at)));
  const root = merkleRoot(leaves);
  const seal = { number: 1, previous: NO_SEAL, root, count, idsDigest: NO_SEAL, sealedAt: '1000' };
  const zeros = NO_SEAL.toString('hex');
  return {
    entry,
    leaf: leafHash(entry).toString('hex'),
    personal,
    inclusion: {
      index,
      path: inclusionPath(leaves, index).map((hash) => hash.toString('hex')),
      root: root.toString('hex'),
      seal: {
        number: 1,
        previous: zeros,
        count,
        ids_digest: zeros,
        sealed_at: '1970-01-01T00:00:01.000Z',
        hash: hashSeal(seal).toString('hex'),
      },
    },
  };
}

type Deep = Record<string, unknown>;

/** The same with one member changed, `inclusion.seal.count` for one. */
function changed(proof: EventProof, path: string, value: unknown): EventProof {
  const copy = structuredClone(proof) as unknown as Deep;
  const names = path.split('.');
  const last = names.pop() as string;
  const parent = names.reduce((part, name) => part[name] as Deep, copy);
  parent[last] = value;
  return copy as unknown as EventProof;
}

const other = 'ab'.repeat(32);

test.each([
  [1, 0],
  [2, 1],
  [7, 6],
  [1_000, 512],
])('a proof among %i events, of number %i, holds', (count, index) => {
  expect(verifyProof(proofOf(count, index))).toBeNull();
});

test('so does one of an erased event', () => {
  expect(verifyProof(changed(proofOf(3, 1), 'personal', null))).toBeNull();
});

test.each([
  ['entry', '[]', 'leaf'],
  ['leaf', other, 'leaf'],
  ['personal.text', '{}', 'personal'],
  ['personal.salt', '', 'personal'],
  ['inclusion', null, 'unsealed'],
  ['inclusion.index', 2, 'path'],
  ['inclusion.index', -1, 'path'],
  ['inclusion.path', [], 'path'],
  ['inclusion.path', [other, other, other], 'path'],
  ['inclusion.root', other, 'path'],
  ['inclusion.seal.number', 2, 'seal'],
  ['inclusion.seal.previous', other, 'seal'],
  ['inclusion.seal.ids_digest', other, 'seal'],
  ['inclusion.seal.sealed_at', '1970-01-01T00:00:02.000Z', 'seal'],
  ['inclusion.seal.hash', other, 'seal'],
])('one whose %s is %j does not: %s', (path, value, fault) => {
  expect(verifyProof(changed(proofOf(7, 3), path, value))).toBe(fault);
});
