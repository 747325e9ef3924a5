import { FINDING_KINDS, type Finding, type FindingKind } from '@slipway/core/reconcile/finding';
import type { Outcome } from '@slipway/core/reconcile/reconcile';
import type { ReconcileRun } from '@slipway/core/reconcile/reconcile-run.entity';

const MEANINGS: Record<FindingKind, string> = {
  stray_object: 'objects of uploads that ended, and of deleted assets; removed',
  unknown_object: 'objects that this database never heard of; see to them by hand',
  missing_object: 'assets whose object is gone; only a backup brings it back',
  size_differs: 'objects of another size than recorded; renditions are made again, originals see to by hand',
  missing_rendition: 'thumbnails and QR codes that are gone; made again',
  stray_incoming: 'what landed after its upload had ended; removed',
  stray_multipart: 'unfinished parts that nobody will complete; removed',
  overdue_upload: 'uploads that are over and that no job ends; given a job again',
  ledger_differs: 'counters of used storage that are not what the rows say; counted anew',
};

const EXAMPLES = 3;

interface Example {
  facts: Finding['facts'];
  error: unknown;
}

/** Keeps the first few findings of each kind; there may be millions. */
export class Examples {
  private readonly kept = new Map<FindingKind, Example[]>();

  add({ kind, facts }: Finding, { error }: Outcome): void {
    const examples = this.kept.get(kind) ?? [];
    this.kept.set(kind, examples);
    if (examples.length < EXAMPLES) examples.push({ facts, error });
  }

  of(kind: FindingKind): readonly Example[] {
    return this.kept.get(kind) ?? [];
  }
}

const row = (cells: (string | number)[]): string => {
  const [kind = '', ...counts] = cells.map(String);
  return `  ${kind.padEnd(18)}${counts.map((count) => count.padStart(10)).join('')}`;
};

function describeExample({ facts, error }: Example): string {
  const told = Object.entries(facts).map(([name, value]) => `${name}=${value}`);
  return `      ${told.join(' ')}${error instanceof Error ? ` (${error.message})` : ''}`;
}

function section(kind: FindingKind, run: ReconcileRun, examples: Examples): string[] {
  const { [kind]: found = 0 } = run.found;
  if (found === 0) return [];
  const shown = examples.of(kind);
  const more = found - shown.length;
  return [
    row([kind, found, run.repaired[kind] ?? 0, run.failed[kind] ?? 0]),
    `      ${MEANINGS[kind]}`,
    ...shown.map(describeExample),
    ...(more > 0 ? [`      … and ${more} more`] : []),
  ];
}

/** How much of what was found is still so. */
export function countLeft({ found, repaired }: ReconcileRun): number {
  return FINDING_KINDS.reduce((left, kind) => left + (found[kind] ?? 0) - (repaired[kind] ?? 0), 0);
}

function verdict(run: ReconcileRun): string {
  const left = countLeft(run);
  if (Object.keys(run.found).length === 0) return 'Bucket and database agree.';
  if (left === 0) return 'All of it was repaired.';
  return run.dryRun
    ? 'Nothing was changed. To repair: npm run reconcile -- --repair'
    : `${left} of these could not be repaired.`;
}

/** The report for people, ending with a line break. */
export function formatRun(run: ReconcileRun, examples: Examples): string {
  const sections = FINDING_KINDS.flatMap((kind) => section(kind, run, examples));
  const table = sections.length === 0 ? [] : [row(['', 'found', 'repaired', 'failed']), ...sections, ''];
  return [`${run.objects} objects compared with the database.`, '', ...table, verdict(run), ''].join('\n');
}
