import { inTransaction } from '@slipway/platform/db/database';
import { enqueue } from '@slipway/platform/jobs/enqueue';
import { Asset } from '../assets/asset.entity';
import type { SweepDeps } from './finding';
import type { Loss } from './known-keys';

// Takes the asset's row first, as whoever makes or deletes it does.
const HIDE = `
  update assets set thumbnail_key = nullif(thumbnail_key, $2), updated_at = $3
   where id = $1 and deleted_at is null`;

const AWAIT = `update renditions set status = 'pending', updated_at = $2 where id = $1 and status = 'ready'`;

/**
 * Has a rendition made again from its original. Where that is missing as well it throws: a bucket that is not the one
 * that goes with this database would else fill the queue with work that cannot be done.
 */
export async function remakeRendition({ id, key, assetId }: Loss, deps: SweepDeps): Promise<void> {
  const asset = await deps.db.manager.findOneByOrFail(Asset, { id: assetId });
  if (!(await deps.objects.head(asset.fileKey))) throw new Error(`${asset.fileKey} is missing as well`);
  const at = deps.clock.now();
  await inTransaction(deps.db, async (tx) => {
    const [, hidden] = await tx.query<[unknown[], number]>(HIDE, [assetId, key, at]);
    if (hidden === 0) return;
    const [, awaited] = await tx.query<[unknown[], number]>(AWAIT, [id, at]);
    if (awaited === 1) await enqueue(tx, { name: 'generate-rendition', payload: { rendition_id: id } });
  });
}
