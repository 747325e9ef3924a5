import { hashAsset } from '@slipway/core/assets/hash-asset';
import type { Deps } from '@slipway/core/shared/deps';
import type { JobHandlers } from '@slipway/platform/jobs/job-handlers';

export const hashAssetJob =
  (deps: Deps): JobHandlers['hash-asset'] =>
  (payload) =>
    hashAsset({ assetId: payload.asset_id }, deps);
