import { enqueueImport } from '@slipway/core/imports/enqueue-import';
import { importFile } from '@slipway/core/imports/import-file';
import type { Deps } from '@slipway/core/shared/deps';
import type { JobHandlers } from '@slipway/platform/jobs/job-handlers';

/** A host may take half an hour for one file: the places of all other jobs are not for it to fill. */
const AT_ONCE = 2;
const COME_AGAIN_MS = 5_000;

export function importFileJob(deps: Deps): JobHandlers['import-file'] {
  let running = 0;
  return async ({ import_id: importId }, { attempt, maxAttempts, signal }) => {
    if (running >= AT_ONCE) {
      const runAt = new Date(deps.clock.now().getTime() + COME_AGAIN_MS);
      return enqueueImport(deps.db.manager, importId, runAt);
    }
    running += 1;
    try {
      await importFile({ importId, lastTry: attempt === maxAttempts, signal }, deps);
    } finally {
      running -= 1;
    }
  };
}
