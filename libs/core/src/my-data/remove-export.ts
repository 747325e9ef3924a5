import { enqueue } from '@slipway/platform/jobs/enqueue';
import { abortUploadsOf } from '@slipway/platform/object-store/upload-stream';
import { type EntityManager, In } from 'typeorm';
import type { Deps } from '../shared/deps';
import { Export } from './export.entity';

/** How long a file with somebody's data is there for them. */
export const KEPT_MS = 7 * 24 * 60 * 60 * 1000;

/** In place of an earlier date for the same one. */
export const removeExportAt = (tx: EntityManager, exportId: string, runAt: Date): Promise<void> =>
  enqueue(tx, {
    name: 'remove-export',
    payload: { export_id: exportId },
    key: `remove-export:${exportId}`,
    runAt,
  });

/** Ends an export, wherever it stands, and takes its file away. Repeating it is safe. */
export async function removeExport(
  { exportId }: { exportId: string },
  { db, objects, clock }: Pick<Deps, 'db' | 'objects' | 'clock'>,
): Promise<void> {
  const found = await db.manager.findOneBy(Export, { id: exportId });
  if (!found) return;
  const alive = { id: exportId, status: In(['pending', 'ready']) };
  // First, so that nobody is given a URL of what is about to go, and a job that still makes it stops.
  await db.manager.update(Export, alive, { status: 'expired', updatedAt: clock.now() });
  await abortUploadsOf(objects, found.key);
  await objects.delete(found.key);
}
