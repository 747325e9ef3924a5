import type { Deps } from '@slipway/core/shared/deps';
import { systemPrincipal } from '@slipway/core/shared/principal';
import { finishByEvent } from '@slipway/core/uploads/finish-by-event';
import type { JobHandlers } from '@slipway/platform/jobs/job-handlers';

export const finishUploadJob =
  (deps: Deps): JobHandlers['finish-upload'] =>
  (payload, { attempt, maxAttempts }) =>
    finishByEvent(systemPrincipal(), { uploadId: payload.upload_id, lastTry: attempt === maxAttempts }, deps);
