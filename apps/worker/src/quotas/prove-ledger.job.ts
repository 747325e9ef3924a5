import { proveLedger } from '@slipway/core/quotas/prove-ledger';
import type { Deps } from '@slipway/core/shared/deps';
import type { JobHandlers } from '@slipway/platform/jobs/job-handlers';

/** Only tells: a difference is a defect of ours, which a repair by itself would hide. */
export const proveLedgerJob =
  (deps: Pick<Deps, 'db'>): JobHandlers['prove-ledger'] =>
  async (_payload, { log }) => {
    const differences = await proveLedger(deps);
    for (const difference of differences) log.error(difference, 'the ledger is not what the rows say');
  };
