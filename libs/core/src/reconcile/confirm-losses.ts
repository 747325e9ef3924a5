import type { EntityManager } from 'typeorm';
import { inLanes } from '../shared/in-lanes';
import type { Finding, SweepDeps } from './finding';
import type { Loss } from './known-keys';
import { remakeRendition } from './remake-rendition';

const LANES = 4;

/** The object first: a deletion takes the row before the object, so that a row which is still there was there then. */
export async function confirmLosses(suspects: readonly Loss[], deps: SweepDeps): Promise<Finding[]> {
  const sizes = await inLanes(
    suspects,
    LANES,
    async ({ key }) => (await deps.objects.head(key))?.size ?? null,
  );
  const lost = suspects.flatMap((loss, index) => {
    const size = sizes[index] ?? null;
    return size === loss.fileSize ? [] : [{ loss, size }];
  });
  const valid = await stillValid(
    lost.map(({ loss }) => loss),
    deps.db.manager,
  );
  return lost.flatMap(({ loss, size }) => (valid.has(loss.id) ? [toFinding(loss, size, deps)] : []));
}

const VALID = `
  select id from assets where id = any ($1) and deleted_at is null
  union all
  select renditions.id from renditions join assets on assets.id = renditions.asset_id
   where renditions.id = any ($1) and renditions.status = 'ready' and assets.deleted_at is null`;

async function stillValid(losses: readonly Loss[], db: EntityManager): Promise<Set<string>> {
  if (losses.length === 0) return new Set();
  const rows = await db.query<{ id: string }[]>(VALID, [losses.map(({ id }) => id)]);
  return new Set(rows.map(({ id }) => id));
}

function toFinding(loss: Loss, size: number | null, deps: SweepDeps): Finding {
  const { key, assetId, fileSize } = loss;
  const repair = loss.kind === 'rendition' ? () => remakeRendition(loss, deps) : null;
  if (size !== null) {
    return { kind: 'size_differs', facts: { key, asset_id: assetId, size, recorded: fileSize }, repair };
  }
  const kind = loss.kind === 'rendition' ? 'missing_rendition' : 'missing_object';
  return { kind, facts: { key, asset_id: assetId }, repair };
}
