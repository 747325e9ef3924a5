import type { Deps } from '@slipway/core/shared/deps';
import { copyGallery } from '@slipway/core/sharing/copy-gallery';
import type { JobHandlers } from '@slipway/platform/jobs/job-handlers';

export const publishGalleryJob =
  (deps: Deps): JobHandlers['publish-gallery'] =>
  ({ slug }) =>
    copyGallery({ slug }, deps);
