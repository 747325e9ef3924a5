import { createHash } from 'node:crypto';
import type { EventProof } from './event-proof';
import { leafHash, rootByPath } from './merkle-tree';
import { hashSeal } from './seal';

export type ProofFault = 'leaf' | 'personal' | 'path' | 'seal' | 'unsealed';

/** The place of `personal_digest` in an entry. */
const DIGEST_AT = 13;

const bytes = (hex: string): Buffer => Buffer.from(hex, 'hex');

/**
 * Recomputes everything that a proof says; null when it holds. Then the entry is as it was when the seal with that hash
 * was made. That the seal itself is the right one, an anchor says: compare `inclusion.seal.hash`.
 */
export function verifyProof({ entry, leaf, personal, inclusion }: EventProof): ProofFault | null {
  if (!leafHash(entry).equals(bytes(leaf))) return 'leaf';
  if (personal && digestOf(personal) !== (JSON.parse(entry) as unknown[])[DIGEST_AT]) return 'personal';
  if (!inclusion) return 'unsealed';
  const { index, path, root, seal } = inclusion;
  const reached = rootByPath(bytes(leaf), { index, count: seal.count }, path.map(bytes));
  if (!reached?.equals(bytes(root))) return 'path';
  const hash = hashSeal({
    number: seal.number,
    previous: bytes(seal.previous),
    root: bytes(root),
    count: seal.count,
    idsDigest: bytes(seal.ids_digest),
    sealedAt: String(Date.parse(seal.sealed_at)),
  });
  return hash.equals(bytes(seal.hash)) ? null : 'seal';
}

const digestOf = ({ text, salt }: { text: string; salt: string }): string =>
  createHash('sha256').update(bytes(salt)).update(text).digest('hex');
