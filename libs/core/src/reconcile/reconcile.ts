import { isDatabaseUnavailable } from '@slipway/platform/db/database-errors';
import { StorageError } from '@slipway/platform/object-store/storage-error';
import { newId } from '../shared/ids';
import { inLanes } from '../shared/in-lanes';
import type { Principal } from '../shared/principal';
import { compareBucket } from './compare-bucket';
import type { Finding, Look, Sweep, SweepDeps } from './finding';
import { withReconcileLock } from './reconcile-lock';
import type { ReconcileRun } from './reconcile-run.entity';
import { RunRecord } from './run-record';
import { sweepExports } from './sweep-exports';
import { sweepIncoming } from './sweep-incoming';
import { sweepLedger } from './sweep-ledger';
import { sweepMultiparts } from './sweep-multiparts';
import { sweepOverdueUploads } from './sweep-overdue-uploads';

/** What was done about a finding; the error of a repair that failed. */
export type Outcome = { repaired: boolean; error?: unknown };

export interface ReconcileInput {
  /** Only reports. */
  dryRun: boolean;
  /** Ends the run between two pages. */
  signal?: AbortSignal;
  /** Told of each finding; there may be millions, of which the run only keeps the counts. */
  onFinding?: (finding: Finding, outcome: Outcome) => void;
}

const SWEEPS: readonly Sweep[] = [
  sweepLedger,
  sweepOverdueUploads,
  sweepMultiparts,
  sweepIncoming,
  sweepExports,
  compareBucket,
];

const HOUR_MS = 60 * 60 * 1000;
const LANES = 4;

/**
 * Compares bucket and database both ways, in pages, and mends what can be mended, each thing by a step that can be
 * repeated. A repair that fails is counted and keeps no other from being made. Null when another run is under way.
 * Throws `StorageError` and the database's errors when these are away, or the signal's reason; the run then stays on
 * record as unfinished.
 */
export function reconcile(
  principal: Principal,
  input: ReconcileInput,
  deps: SweepDeps,
): Promise<ReconcileRun | null> {
  return withReconcileLock(deps.db, async (connection) => {
    const record = await RunRecord.begin(newRun(input, deps), connection);
    try {
      await sweepAll(principal, { record, input }, deps);
    } catch (error) {
      // What ended the run is what its caller must hear of.
      await record.end(deps.clock.now(), error).catch(() => undefined);
      throw error;
    }
    await record.end(deps.clock.now());
    return record.run;
  });
}

const newRun = ({ dryRun }: ReconcileInput, { clock }: SweepDeps): ReconcileRun => ({
  id: newId('RUN'),
  startedAt: clock.now(),
  finishedAt: null,
  dryRun,
  objects: 0,
  found: {},
  repaired: {},
  failed: {},
  error: null,
});

interface Work {
  record: RunRecord;
  input: ReconcileInput;
}

async function sweepAll(principal: Principal, work: Work, deps: SweepDeps): Promise<void> {
  const { record, input } = work;
  const now = deps.clock.now();
  const signal = input.signal ? AbortSignal.any([input.signal, record.signal]) : record.signal;
  const look: Look = {
    principal,
    now,
    settledBefore: new Date(now.getTime() - safetyAge(deps)),
    signal,
    compared: (objects) => record.countObjects(objects),
  };
  for (const sweep of SWEEPS) {
    for await (const findings of sweep(look, deps)) {
      signal.throwIfAborted();
      await inLanes(findings, LANES, (finding) => settle(finding, work));
    }
  }
}

/** Long enough that whatever was under way when a thing was made has come to its end, on any clock. Milliseconds. */
const safetyAge = ({ settings }: SweepDeps): number =>
  Math.max(HOUR_MS, 2 * settings.uploadLifeMs + settings.uploadGraceMs);

async function settle(finding: Finding, { record, input }: Work): Promise<void> {
  record.count('found', finding.kind);
  const outcome = input.dryRun || finding.repair === null ? { repaired: false } : await mend(finding.repair);
  if (outcome.repaired) record.count('repaired', finding.kind);
  if (outcome.error !== undefined) record.count('failed', finding.kind);
  input.onFinding?.(finding, outcome);
}

/** Throws what would make every other repair fail as well. */
async function mend(repair: () => Promise<void>): Promise<Outcome> {
  try {
    await repair();
    return { repaired: true };
  } catch (error) {
    const isAway = error instanceof StorageError && error.failure === 'unavailable';
    if (isAway || isDatabaseUnavailable(error)) throw error;
    return { repaired: false, error };
  }
}
