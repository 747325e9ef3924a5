import type { Deps } from '../shared/deps';
import type { Principal } from '../shared/principal';

/**
 * What bucket and database can disagree about; names of metrics, so none is ever renamed.
 * docs/failure-modes.md says of each how it comes about and what is done.
 */
export const FINDING_KINDS = [
  'stray_object',
  'unknown_object',
  'missing_object',
  'size_differs',
  'missing_rendition',
  'stray_incoming',
  'stray_multipart',
  'overdue_upload',
  'ledger_differs',
] as const;

export type FindingKind = (typeof FINDING_KINDS)[number];

/** One disagreement, confirmed a moment ago. */
export interface Finding {
  kind: FindingKind;
  /** What it is about: keys, ids, sizes. */
  facts: Record<string, string | number>;
  /** Null where only a person can decide. Repeating it is safe. */
  repair: (() => Promise<void>) | null;
}

/** One look at everything, as all sweeps of it see it. */
export interface Look {
  principal: Principal;
  now: Date;
  /** What was made after this is left alone: somebody may be at work on it. */
  settledBefore: Date;
  /** Looked at between pages. */
  signal: AbortSignal;
  /** Takes how many objects of the bucket were compared. */
  compared(objects: number): void;
}

export type SweepDeps = Pick<Deps, 'db' | 'objects' | 'clock' | 'settings'>;

/** Goes through one thing in pages; what it finds comes in batches that are small enough to hold. */
export type Sweep = (look: Look, deps: SweepDeps) => AsyncGenerator<Finding[]>;
