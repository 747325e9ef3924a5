import { inTransaction } from '@slipway/platform/db/database';
import { enqueue } from '@slipway/platform/jobs/enqueue';
import { copyAnySize } from '@slipway/platform/object-store/copy-any-size';
import { objectKey, type ObjectKey } from '@slipway/platform/object-store/object-key';
import type { ObjectStore } from '@slipway/platform/object-store/object-store';
import type { EntityManager } from 'typeorm';
import { Asset } from '../assets/asset.entity';
import { lockAsset } from '../assets/lock-asset';
import { recordAuditEvent } from '../audit/record-audit-event';
import type { Deps } from '../shared/deps';
import type { Principal } from '../shared/principal';
import { Rendition } from './rendition.entity';

type RotateDeps = Pick<Deps, 'db' | 'objects' | 'clock'>;

/** An object, where it goes, and its ETag there. */
interface Move {
  from: ObjectKey;
  to: ObjectKey;
  etag: string;
}

type MovingAsset = Asset & { movingTo: string };

const isMoving = (asset: Asset | null): asset is MovingAsset => asset !== null && asset.movingTo !== null;

/**
 * Copies everything of an asset to its new folder, then lets the rows point there, in one transaction with the jobs that
 * remove the old objects: until it commits the old keys are good, from then on the new ones. Repeating it is safe. What
 * keeps it from being done is thrown, to be tried again; after the last try the asset stays where it was.
 */
export async function rotateAsset(
  principal: Principal,
  { assetId, lastTry }: { assetId: string; lastTry: boolean },
  deps: RotateDeps,
): Promise<void> {
  const asset = await deps.db.manager.findOneBy(Asset, { id: assetId });
  if (!isMoving(asset)) return;
  try {
    const moves = await copyAll(asset, deps);
    await commitMoves(principal, { asset, moves }, deps);
  } catch (error) {
    if (lastTry) await giveUp(principal, asset, deps);
    throw error;
  }
}

async function copyAll(asset: MovingAsset, { db, objects }: RotateDeps): Promise<Move[]> {
  const ready = await db.manager.findBy(Rendition, { assetId: asset.id, status: 'ready' });
  const moves: Move[] = [];
  for (const from of [asset.fileKey, ...ready.map(({ key }) => key)]) {
    const to = objectKey.inFolder(asset.movingTo, from);
    moves.push({ from, to, etag: await copyOne(objects, from, to) });
  }
  return moves;
}

/** Gives the copy's ETag, which is another where the storage encrypts, or made it of parts. */
async function copyOne(objects: ObjectStore, from: ObjectKey, to: ObjectKey): Promise<string> {
  const source = await objects.head(from);
  if (!source) throw new Error(`${from} is missing`);
  await copyAnySize(objects, { from: source, to });
  const copy = await objects.head(to);
  if (copy?.size !== source.size) throw new Error(`${to} is not a copy of ${from}`);
  return copy.etag;
}

async function commitMoves(
  principal: Principal,
  { asset: { id, movingTo }, moves }: { asset: MovingAsset; moves: readonly Move[] },
  deps: RotateDeps,
): Promise<void> {
  const at = deps.clock.now();
  await inTransaction(deps.db, async (tx) => {
    const asset = await lockAsset(tx, id);
    // Deleted meanwhile, and purged perhaps before these copies were made.
    if (!asset) return enqueue(tx, { name: 'purge-asset-objects', payload: { asset_id: id } });
    if (asset.movingTo !== movingTo) return;
    await moveRenditions(tx, { id, movingTo }, moves);
    const [original] = moves;
    await tx.update(Asset, id, {
      fileKey: objectKey.inFolder(movingTo, asset.fileKey),
      etag: original?.etag ?? asset.etag,
      thumbnailKey: asset.thumbnailKey && objectKey.inFolder(movingTo, asset.thumbnailKey),
      keyVersion: asset.keyVersion + 1,
      movingTo: null,
      updatedAt: at,
    });
    await discard(
      tx,
      moves.map(({ from }) => from),
    );
    await recordAuditEvent(tx, principal, {
      action: 'rotated',
      at,
      projectId: asset.projectId,
      assetId: id,
      details: { key_version: asset.keyVersion + 1 },
    });
  });
}

/** Those that failed move too: made again, they belong beside their original. */
async function moveRenditions(
  tx: EntityManager,
  { id, movingTo }: { id: string; movingTo: string },
  moves: readonly Move[],
): Promise<void> {
  const copied = new Set(moves.map(({ from }) => from));
  for (const { id: renditionId, key, status } of await tx.findBy(Rendition, { assetId: id })) {
    const whole = status === 'failed' || (status === 'ready' && copied.has(key));
    if (!whole) throw new Error(`${key} is being made again`);
    await tx.update(Rendition, renditionId, { key: objectKey.inFolder(movingTo, key) });
  }
}

async function giveUp(principal: Principal, asset: MovingAsset, deps: RotateDeps): Promise<void> {
  const at = deps.clock.now();
  const renditions = await deps.db.manager.findBy(Rendition, { assetId: asset.id });
  const keys = [asset.fileKey, ...renditions.map(({ key }) => key)];
  await inTransaction(deps.db, async (tx) => {
    const { affected } = await tx.update(
      Asset,
      { id: asset.id, movingTo: asset.movingTo },
      { movingTo: null, updatedAt: at },
    );
    if (affected !== 1) return;
    await discard(
      tx,
      keys.map((key) => objectKey.inFolder(asset.movingTo, key)),
    );
    await recordAuditEvent(tx, principal, {
      action: 'rotation_failed',
      at,
      projectId: asset.projectId,
      assetId: asset.id,
      result: 'refused',
      reason: 'not_moved',
    });
  });
}

/** By jobs, so that the deletion is as certain as the commit. */
async function discard(tx: EntityManager, keys: readonly ObjectKey[]): Promise<void> {
  for (const key of keys) await enqueue(tx, { name: 'discard-object', payload: { key } });
}
