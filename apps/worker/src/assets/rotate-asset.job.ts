import { rotateAsset } from '@slipway/core/renditions/rotate-asset';
import type { Deps } from '@slipway/core/shared/deps';
import { systemPrincipal } from '@slipway/core/shared/principal';
import type { JobHandlers } from '@slipway/platform/jobs/job-handlers';

export const rotateAssetJob =
  (deps: Deps): JobHandlers['rotate-asset'] =>
  (payload, { attempt, maxAttempts }) =>
    rotateAsset(systemPrincipal(), { assetId: payload.asset_id, lastTry: attempt === maxAttempts }, deps);
