import { FINDING_KINDS } from '@slipway/core/reconcile/finding';
import type { Figures } from '@slipway/core/reconcile/read-figures';
import type { Counts, ReconcileRun } from '@slipway/core/reconcile/reconcile-run.entity';
import type { JobCounts } from '@slipway/platform/jobs/count-jobs';
import type { Metric } from './format-metrics';

const single = (name: string, help: string, value: number): Metric => ({ name, help, samples: [{ value }] });

/** Every kind, also those of which there were none: an alert needs a value to compare with. */
const byKind = (name: string, help: string, counts: Counts): Metric => ({
  name,
  help,
  samples: FINDING_KINDS.map((kind) => ({ labels: { kind }, value: counts[kind] ?? 0 })),
});

const seconds = (date: Date): number => date.getTime() / 1000;

function runMetrics({
  startedAt,
  finishedAt,
  dryRun,
  objects,
  found,
  repaired,
  failed,
}: ReconcileRun): Metric[] {
  const end = seconds(finishedAt ?? startedAt);
  const last = 'the last comparison of bucket and database that came to its end';
  return [
    single('slipway_reconcile_last_end_timestamp_seconds', `When ${last} ended.`, end),
    single('slipway_reconcile_duration_seconds', `How long ${last} took.`, end - seconds(startedAt)),
    single('slipway_reconcile_dry_run', `1 where ${last} only reported.`, Number(dryRun)),
    single('slipway_reconcile_objects', `Objects that ${last} saw.`, objects),
    byKind('slipway_reconcile_found', `What ${last} found.`, found),
    byKind('slipway_reconcile_repaired', 'Of these, what was repaired.', repaired),
    byKind('slipway_reconcile_failed', 'Of these, whose repair failed.', failed),
    single(
      'slipway_ledger_differences',
      'Counters that were not what the rows say.',
      found.ledger_differs ?? 0,
    ),
  ];
}

const STATES = ['due', 'running', 'later', 'failed'] as const;

const jobMetric = (jobs: readonly JobCounts[]): Metric => ({
  name: 'slipway_jobs',
  help: 'Jobs by name and state.',
  samples: jobs.flatMap((counts) =>
    STATES.map((state) => ({ labels: { job: counts.name, state }, value: counts[state] })),
  ),
});

export const figuresToMetrics = ({ lastRun, unfinishedRuns, totals, jobs }: Figures): Metric[] => [
  ...(lastRun ? runMetrics(lastRun) : []),
  single('slipway_reconcile_unfinished', 'Comparisons begun since, under way or dead.', unfinishedRuns),
  single('slipway_used_bytes', 'Bytes of all assets.', totals.usedBytes),
  single('slipway_used_files', 'All assets.', totals.usedFiles),
  single('slipway_reserved_bytes', 'Bytes set aside for pending uploads.', totals.reservedBytes),
  single('slipway_pending_uploads', 'Uploads that are under way.', totals.pendingUploads),
  jobMetric(jobs),
];
