import { eraseAccountData } from '@slipway/core/my-data/erase-account-data';
import type { Deps } from '@slipway/core/shared/deps';
import { systemPrincipal } from '@slipway/core/shared/principal';
import type { JobHandlers } from '@slipway/platform/jobs/job-handlers';

export const eraseAccountJob =
  (deps: Pick<Deps, 'db' | 'objects' | 'clock'>): JobHandlers['erase-account'] =>
  async ({ user_id: userId }, { signal, jobId, log }) => {
    const { unpaid } = await eraseAccountData(systemPrincipal(`job-${jobId}`), { userId, signal }, deps);
    if (unpaid.length > 0)
      log.warn({ userId, projects: unpaid }, 'no other owner has room for these projects');
  };
