import { inTransaction } from '@slipway/platform/db/database';
import { abortUploadsOf, uploadStream } from '@slipway/platform/object-store/upload-stream';
import type { EntityManager } from 'typeorm';
import { recordAuditEvent } from '../audit/record-audit-event';
import type { Deps } from '../shared/deps';
import type { Principal } from '../shared/principal';
import { type Archive, writeArchive } from './archive';
import { exportDocuments } from './export-documents';
import { addFiles } from './export-files';
import { Export } from './export.entity';
import { KEPT_MS, removeExport, removeExportAt } from './remove-export';

type MakeDeps = Pick<Deps, 'db' | 'objects' | 'clock'>;

export interface MakeExportInput {
  exportId: string;
  /** Another try follows no more. */
  lastTry: boolean;
  signal?: AbortSignal | undefined;
}

/**
 * Writes a zip of all that is here of an account into the storage, in as much memory as one part takes. It may die
 * anywhere, and begins anew then. Throws `StorageError` and the database's errors; after the last try the export is
 * `failed`.
 */
export async function makeExport(
  principal: Principal,
  { exportId, lastTry, signal }: MakeExportInput,
  deps: MakeDeps,
): Promise<void> {
  const made = await deps.db.manager.findOneBy(Export, { id: exportId });
  if (made?.status !== 'pending') return;
  try {
    await abortUploadsOf(deps.objects, made.key);
    const fileSize = await write(made, { signal }, deps);
    await end(principal, { made, fileSize }, deps);
  } catch (error) {
    if (lastTry && !signal?.aborted) await fail(made, deps);
    throw error;
  }
}

async function write(
  { userId, key }: Export,
  { signal }: { signal?: AbortSignal | undefined },
  deps: MakeDeps,
): Promise<number> {
  const object = { key, contentType: 'application/zip', expectedSize: await bytesOf(userId, deps) };
  return writeArchive(
    async (archive) => {
      signal?.addEventListener('abort', () => archive.stop(signal.reason as Error), { once: true });
      signal?.throwIfAborted();
      await fill(archive, userId, deps);
    },
    (body) => uploadStream(deps.objects, object, body),
  );
}

async function fill(archive: Archive, userId: string, deps: MakeDeps): Promise<void> {
  for (const { name, text } of exportDocuments(userId, deps.db)) await archive.addText(name, text);
  const missing = await addFiles(archive, userId, deps);
  if (missing.length > 0) await archive.addText('missing.json', [`${JSON.stringify(missing, null, 2)}\n`]);
}

async function bytesOf(userId: string, { db }: Pick<Deps, 'db'>): Promise<number> {
  const [row] = await db.query<{ used: number }[]>(
    'select used_bytes::float8 as used from usage where user_id = $1',
    [userId],
  );
  return row?.used ?? 0;
}

async function end(
  principal: Principal,
  { made, fileSize }: { made: Export; fileSize: number },
  deps: MakeDeps,
): Promise<void> {
  const at = deps.clock.now();
  const expiresAt = new Date(at.getTime() + KEPT_MS);
  const isReady = await inTransaction(deps.db, async (tx) => {
    if (!(await markReady(tx, made.id, { fileSize, expiresAt, updatedAt: at }))) return false;
    await removeExportAt(tx, made.id, expiresAt);
    await recordAuditEvent(tx, principal, {
      action: 'export_made',
      at,
      details: { export_id: made.id, user_id: made.userId, file_size: fileSize },
    });
    return true;
  });
  // Ended meanwhile, by its account's erasure maybe: what was written is nobody's.
  if (!isReady) await removeUnlessReady(made, deps);
}

/** False where it is not pending any more. */
async function markReady(
  tx: EntityManager,
  id: string,
  change: Pick<Export, 'fileSize' | 'expiresAt' | 'updatedAt'>,
): Promise<boolean> {
  const { affected } = await tx.update(Export, { id, status: 'pending' }, { ...change, status: 'ready' });
  return affected === 1;
}

/** Of two jobs at one export, which the queue gives out again after hours, one makes it ready; it stays so. */
async function removeUnlessReady({ id }: Export, deps: MakeDeps): Promise<void> {
  if (!(await deps.db.manager.existsBy(Export, { id, status: 'ready' }))) {
    await removeExport({ exportId: id }, deps);
  }
}

async function fail({ id, key }: Export, { db, objects, clock }: MakeDeps): Promise<void> {
  const reason = 'The file could not be written. Ask for it again.';
  await db.manager.update(
    Export,
    { id, status: 'pending' },
    { status: 'failed', reason, updatedAt: clock.now() },
  );
  await abortUploadsOf(objects, key).catch(() => undefined);
}
