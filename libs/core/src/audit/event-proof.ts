import type { AuditEvent } from './audit-event.entity';

/** Shows that an event is under a seal, to whoever has nothing but this and the seal's hash from an anchor. Hashes are hex. */
export interface EventProof {
  /** What was hashed into the leaf: a JSON array (docs/AUDIT.md). */
  entry: string;
  leaf: string;
  /** What `personal_digest` in `entry` is of; null when erased. */
  personal: { text: string; salt: string } | null;
  /** Null until the event is sealed. */
  inclusion: Inclusion | null;
}

export interface Inclusion {
  /** Of the leaf, from 0. */
  index: number;
  path: string[];
  root: string;
  seal: ProvenSeal;
}

export interface ProvenSeal {
  number: number;
  previous: string;
  count: number;
  ids_digest: string;
  sealed_at: string;
  hash: string;
}

export interface ProvenEvent {
  event: AuditEvent;
  proof: EventProof;
}
