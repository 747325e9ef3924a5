import { proveLedger } from '../quotas/prove-ledger';
import type { Finding, Look, SweepDeps } from './finding';

/** Only tells: a difference is a defect of ours, which a repair by itself would hide. */
export async function* sweepLedger(_look: Look, deps: SweepDeps): AsyncGenerator<Finding[]> {
  const differences = await proveLedger(deps);
  yield differences.map(({ scope, id, ownerId }) => ({
    kind: 'ledger_differs',
    facts: { scope, id, owner_id: ownerId },
    repair: null,
  }));
}
