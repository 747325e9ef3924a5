import type { Finding, FindingKind } from '@slipway/core/reconcile/finding';
import { reconcile, type Outcome } from '@slipway/core/reconcile/reconcile';
import type { Deps } from '@slipway/core/shared/deps';
import { systemPrincipal } from '@slipway/core/shared/principal';
import type { JobHandlers } from '@slipway/platform/jobs/job-handlers';
import type { Logger } from 'pino';

/** Lines of each kind; beyond, a run that finds a million things only counts them. */
const MAX_LINES = 100;

/**
 * Takes as long as it takes: of a run over four hours the queue thinks that it died and gives the job out again, and
 * that second job finds the first at work, and leaves it to it.
 */
export const reconcileJob =
  (deps: Pick<Deps, 'db' | 'objects' | 'clock' | 'settings'>): JobHandlers['reconcile'] =>
  async (_payload, { signal, log, jobId }) => {
    const principal = systemPrincipal(`job-${jobId}`);
    const run = await reconcile(principal, { dryRun: false, signal, onFinding: logFindings(log) }, deps);
    if (!run) return log.info('bucket and database are being compared by another process');
    const { objects, found, repaired, failed } = run;
    log.info({ objects, found, repaired, failed }, 'bucket and database compared');
  };

function logFindings(log: Logger): (finding: Finding, outcome: Outcome) => void {
  const told = new Map<FindingKind, number>();
  return ({ kind, facts }, { repaired, error }) => {
    const lines = (told.get(kind) ?? 0) + 1;
    told.set(kind, lines);
    if (lines > MAX_LINES) return;
    if (repaired) log.info({ finding: kind, ...facts }, 'reconciled');
    else if (error !== undefined)
      log.error({ finding: kind, ...facts, err: error }, 'could not be reconciled');
    else log.error({ finding: kind, ...facts }, 'must be seen to by a person');
  };
}
