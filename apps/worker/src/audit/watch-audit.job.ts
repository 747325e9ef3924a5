import { watchAudit } from '@slipway/core/audit/watch-audit';
import type { Deps } from '@slipway/core/shared/deps';
import { systemPrincipal } from '@slipway/core/shared/principal';
import type { JobHandlers } from '@slipway/platform/jobs/job-handlers';

export const watchAuditJob =
  (deps: Pick<Deps, 'db' | 'clock' | 'settings'>): JobHandlers['watch-audit'] =>
  async (_payload, { jobId, log }) => {
    for (const { rule, actor, count } of await watchAudit(systemPrincipal(`job-${jobId}`), deps)) {
      log.warn({ rule, actor, count }, 'anomaly in the audit trail');
    }
  };
