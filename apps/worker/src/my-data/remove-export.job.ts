import { removeExport } from '@slipway/core/my-data/remove-export';
import type { Deps } from '@slipway/core/shared/deps';
import type { JobHandlers } from '@slipway/platform/jobs/job-handlers';

export const removeExportJob =
  (deps: Pick<Deps, 'db' | 'objects' | 'clock'>): JobHandlers['remove-export'] =>
  (payload) =>
    removeExport({ exportId: payload.export_id }, deps);
