import { forgetSignIns } from '@slipway/core/accounts/forget-sign-ins';
import type { Deps } from '@slipway/core/shared/deps';
import type { JobHandlers } from '@slipway/platform/jobs/job-handlers';

export const forgetSignInsJob =
  (deps: Pick<Deps, 'db' | 'clock'>): JobHandlers['forget-sign-ins'] =>
  async (_payload, { log }) => {
    log.info(await forgetSignIns(deps), 'sign-ins forgotten');
  };
