import { anchorAudit } from '@slipway/core/audit/anchor-audit';
import { sealAudit } from '@slipway/core/audit/seal-audit';
import type { Deps } from '@slipway/core/shared/deps';
import type { JobHandlers } from '@slipway/platform/jobs/job-handlers';

/** A storage that is away fails the job after the seals are made: its repeat writes the anchor. */
export const sealAuditJob =
  (deps: Pick<Deps, 'db' | 'objects' | 'clock' | 'settings'>): JobHandlers['seal-audit'] =>
  async (_payload, { signal, log }) => {
    const { events, seals } = await sealAudit({ signal }, deps);
    const anchored = await anchorAudit(deps);
    if (anchored) log.info({ events, seals, key: anchored.key, locked: anchored.locked }, 'audit sealed');
    if (anchored && !anchored.locked && deps.settings.audit.anchorLockDays !== null) {
      log.warn({ key: anchored.key }, 'the storage took the anchor only without a lock');
    }
  };
