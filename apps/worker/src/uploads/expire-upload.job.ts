import type { Deps } from '@slipway/core/shared/deps';
import { systemPrincipal } from '@slipway/core/shared/principal';
import { expireUpload } from '@slipway/core/uploads/expire-upload';
import type { JobHandlers } from '@slipway/platform/jobs/job-handlers';

export const expireUploadJob =
  (deps: Deps): JobHandlers['expire-upload'] =>
  (payload) =>
    expireUpload(systemPrincipal(), { uploadId: payload.upload_id }, deps);
