import { bigintColumn } from '@slipway/platform/db/bigint-column';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { FindingKind } from './finding';

export type Counts = Partial<Record<FindingKind, number>>;

/** One comparison of bucket and database, with what came of it so far. */
@Entity('reconcile_runs')
export class ReconcileRun {
  @PrimaryColumn('text')
  id: string;

  @Column('timestamptz', { name: 'started_at' })
  startedAt: Date;

  /** Null while it runs, and for ever when it died. */
  @Column('timestamptz', { name: 'finished_at', nullable: true })
  finishedAt: Date | null;

  @Column('boolean', { name: 'dry_run' })
  dryRun: boolean;

  /** How many objects of the bucket were compared. */
  @Column('bigint', { transformer: bigintColumn })
  objects: number;

  @Column('jsonb')
  found: Counts;

  @Column('jsonb')
  repaired: Counts;

  /** Of those found, the ones whose repair failed. */
  @Column('jsonb')
  failed: Counts;

  /** Why it ended before its end. */
  @Column('text', { nullable: true })
  error: string | null;
}
