import { generateRendition } from '@slipway/core/renditions/generate-rendition';
import type { Deps } from '@slipway/core/shared/deps';
import type { JobHandlers } from '@slipway/platform/jobs/job-handlers';
import type { Thumbnailer } from '@slipway/platform/media/thumbnailer';

export const generateRenditionJob =
  (deps: Deps & { thumbnailer: Thumbnailer }): JobHandlers['generate-rendition'] =>
  (payload, { attempt, maxAttempts, signal }) =>
    generateRendition({ renditionId: payload.rendition_id, attempt, maxAttempts, signal }, deps);
