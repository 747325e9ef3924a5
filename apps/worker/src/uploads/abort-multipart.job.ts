import type { Deps } from '@slipway/core/shared/deps';
import type { JobHandlers } from '@slipway/platform/jobs/job-handlers';

/** A part that was on its way while the upload was aborted may have stayed: then it is aborted again, later. */
export const abortMultipartJob =
  ({ objects }: Pick<Deps, 'objects'>): JobHandlers['abort-multipart'] =>
  async ({ key, storage_upload_id: storageUploadId }) => {
    const upload = { key, storageUploadId };
    await objects.abortMultipart(upload);
    if ((await objects.listParts(upload)) !== null) throw new Error(`${key}: parts are still there`);
  };
