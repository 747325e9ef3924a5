import { purgeAssetObjects } from '@slipway/core/assets/purge-asset-objects';
import type { Deps } from '@slipway/core/shared/deps';
import type { JobHandlers } from '@slipway/platform/jobs/job-handlers';

export const purgeAssetObjectsJob =
  (deps: Deps): JobHandlers['purge-asset-objects'] =>
  (payload) =>
    purgeAssetObjects({ assetId: payload.asset_id }, deps);
