import { enqueue } from '@slipway/platform/jobs/enqueue';
import type { EntityManager } from 'typeorm';

/** Of a host that is away one hears within minutes, and asks again. */
const ATTEMPTS = 5;

/** Under which the job of an import is found again. */
export const importJobKey = (importId: string): string => `import-file:${importId}`;

export const enqueueImport = (tx: EntityManager, importId: string, runAt?: Date): Promise<void> =>
  enqueue(tx, {
    name: 'import-file',
    payload: { import_id: importId },
    key: importJobKey(importId),
    maxAttempts: ATTEMPTS,
    ...(runAt && { runAt }),
  });
