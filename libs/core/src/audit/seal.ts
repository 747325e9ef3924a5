import { createHash } from 'node:crypto';
import { HASH_LENGTH } from './merkle-tree';

/** What a seal says of its batch, and of the seal before it. */
export interface SealHead {
  /** From 1, without gaps. */
  number: number;
  /** The hash of the seal before; zeros for the first. */
  previous: Buffer;
  /** Of the Merkle tree over the leaves. */
  root: Buffer;
  count: number;
  /** SHA-256 of the ids, a line each. */
  idsDigest: Buffer;
  /** Milliseconds since 1970, as text. */
  sealedAt: string;
}

/** A row of `audit_seals`. */
export interface SealRow {
  number: string;
  previous: Buffer;
  root: Buffer;
  event_ids: string[];
  leaves: Buffer;
  sealed_at: string;
  hash: Buffer;
}

export const SEAL_COLUMNS = `
  number::text as number, previous, root, event_ids, leaves,
  trim_scale(extract(epoch from sealed_at) * 1000)::text as sealed_at, hash`;

export const NO_SEAL = Buffer.alloc(HASH_LENGTH);

const FORMAT = 'slipway-audit-seal-1';

export const digestOfIds = (ids: readonly string[]): Buffer =>
  createHash('sha256').update(ids.join('\n')).digest();

/** It begins as no leaf and no node of a tree does, so that none of the three can pass for another. */
export function hashSeal(seal: SealHead): Buffer {
  const told = JSON.stringify([
    FORMAT,
    seal.number,
    seal.previous.toString('hex'),
    seal.root.toString('hex'),
    seal.count,
    seal.idsDigest.toString('hex'),
    seal.sealedAt,
  ]);
  return createHash('sha256').update(told).digest();
}

export const headOf = (row: SealRow): SealHead => ({
  number: Number(row.number),
  previous: row.previous,
  root: row.root,
  count: row.event_ids.length,
  idsDigest: digestOfIds(row.event_ids),
  sealedAt: row.sealed_at,
});

export const leavesOf = ({ leaves }: Pick<SealRow, 'leaves'>): Buffer[] =>
  Array.from({ length: Math.floor(leaves.length / HASH_LENGTH) }, (_, index) =>
    leaves.subarray(index * HASH_LENGTH, (index + 1) * HASH_LENGTH),
  );
