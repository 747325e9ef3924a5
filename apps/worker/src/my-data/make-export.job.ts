import { makeExport } from '@slipway/core/my-data/make-export';
import type { Deps } from '@slipway/core/shared/deps';
import { systemPrincipal } from '@slipway/core/shared/principal';
import type { JobHandlers } from '@slipway/platform/jobs/job-handlers';

export const makeExportJob =
  (deps: Pick<Deps, 'db' | 'objects' | 'clock'>): JobHandlers['make-export'] =>
  ({ export_id: exportId }, { attempt, maxAttempts, signal, jobId }) =>
    makeExport(systemPrincipal(`job-${jobId}`), { exportId, lastTry: attempt >= maxAttempts, signal }, deps);
