import { countJobs, type JobCounts } from '@slipway/platform/jobs/count-jobs';
import type { EntityManager } from 'typeorm';
import { IsNull, Not } from 'typeorm';
import type { Deps } from '../shared/deps';
import { ReconcileRun } from './reconcile-run.entity';

/** How the whole product is doing, for whoever watches over it. */
export interface Figures {
  /** Null before the first has come to its end. */
  lastRun: ReconcileRun | null;
  /** Runs begun after that one: under way, or dead. */
  unfinishedRuns: number;
  /** Of all projects together; bytes, except those of files. */
  totals: { usedBytes: number; usedFiles: number; reservedBytes: number; pendingUploads: number };
  jobs: JobCounts[];
}

/** Four statements over small tables: cheap enough to be asked every few seconds. */
export async function readFigures({ db }: Pick<Deps, 'db'>): Promise<Figures> {
  const { manager } = db;
  const lastRun = await manager.findOne(ReconcileRun, {
    where: { finishedAt: Not(IsNull()) },
    order: { startedAt: 'desc' },
  });
  const [unfinishedRuns, totals, jobs] = await Promise.all([
    countUnfinished(manager, lastRun),
    readTotals(manager),
    countJobs(manager),
  ]);
  return { lastRun, unfinishedRuns, totals, jobs };
}

async function countUnfinished(db: EntityManager, lastRun: ReconcileRun | null): Promise<number> {
  const sql = 'select count(*) from reconcile_runs where finished_at is null and started_at >= $1';
  const [row] = await db.query<{ count: string }[]>(sql, [lastRun?.startedAt ?? new Date(0)]);
  return Number(row?.count);
}

/** Of the ledger, which has a row for each user. */
const TOTALS = `
  select coalesce(sum(used_bytes), 0) as used_bytes, coalesce(sum(used_files), 0) as used_files,
         coalesce(sum(reserved_bytes), 0) as reserved_bytes, coalesce(sum(reserved_files), 0) as pending_uploads
    from usage`;

type TotalsRow = Record<'used_bytes' | 'used_files' | 'reserved_bytes' | 'pending_uploads', string>;

async function readTotals(db: EntityManager): Promise<Figures['totals']> {
  const [row] = await db.query<TotalsRow[]>(TOTALS);
  return {
    usedBytes: Number(row?.used_bytes),
    usedFiles: Number(row?.used_files),
    reservedBytes: Number(row?.reserved_bytes),
    pendingUploads: Number(row?.pending_uploads),
  };
}
