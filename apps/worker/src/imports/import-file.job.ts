import { importFile } from '@slipway/core/imports/import-file';
import type { Deps } from '@slipway/core/shared/deps';
import type { JobHandlers } from '@slipway/platform/jobs/job-handlers';

export const importFileJob =
  (deps: Deps): JobHandlers['import-file'] =>
  (payload, { attempt, maxAttempts, signal }) =>
    importFile({ importId: payload.import_id, lastTry: attempt === maxAttempts, signal }, deps);
