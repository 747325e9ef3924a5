import type { Deps } from '@slipway/core/shared/deps';
import { requestAllGalleries } from '@slipway/core/sharing/request-all-galleries';
import type { JobHandlers } from '@slipway/platform/jobs/job-handlers';

export const publishGalleriesJob =
  (deps: Deps): JobHandlers['publish-galleries'] =>
  () =>
    requestAllGalleries(deps);
