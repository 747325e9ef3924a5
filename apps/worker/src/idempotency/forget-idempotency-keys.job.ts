import { forgetIdempotencyKeys } from '@slipway/core/idempotency/forget-idempotency-keys';
import type { Deps } from '@slipway/core/shared/deps';
import type { JobHandlers } from '@slipway/platform/jobs/job-handlers';

export const forgetIdempotencyKeysJob =
  (deps: Deps): JobHandlers['forget-idempotency-keys'] =>
  async (_payload, { log }) => {
    log.info({ forgotten: await forgetIdempotencyKeys(deps) }, 'idempotency keys forgotten');
  };
