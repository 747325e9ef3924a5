import { FetchRefusal } from '@slipway/platform/fetch/fetch-refusal';
import { readAccount } from '../accounts/read-account';
import { deleteAsset } from '../assets/delete-asset';
import { Project } from '../projects/project.entity';
import { readMaxFileSize } from '../quotas/read-max-file-size';
import type { Deps } from '../shared/deps';
import { DomainError } from '../shared/errors';
import { type Principal, systemPrincipal, userPrincipal } from '../shared/principal';
import { finishUpload } from '../uploads/complete-upload';
import { Upload } from '../uploads/upload.entity';
import { completeImport, failImport, giveUpUpload, type ImportFailure } from './end-import';
import { fetchToFile, type LocalFile } from './fetch-to-file';
import { Import } from './import.entity';
import { findImported } from './old-address-store';
import { announceFile, sendFile } from './send-file';

export type ImportDeps = Pick<
  Deps,
  'db' | 'objects' | 'uploadSigner' | 'storageProfile' | 'clock' | 'settings'
>;

/**
 * Copies a file from its old address into the project, on the way of every upload, as the person who asked. Repeating it
 * is safe: it goes on from an asset that is there already. What may pass is thrown, to be tried again; after the last try,
 * and for what will not pass, the import is `failed` with the reason.
 */
export async function importFile(
  { importId, lastTry, signal }: { importId: string; lastTry: boolean; signal?: AbortSignal | undefined },
  deps: ImportDeps,
): Promise<void> {
  const row = await deps.db.manager.findOneBy(Import, { id: importId });
  if (row?.status !== 'pending') return;
  const principal = await whoAsked(row, deps);
  try {
    if (principal.account === null) throw new DomainError('forbidden', 'Who asked may do nothing any more.');
    const assetId = await assetOf(principal, { row, signal }, deps);
    if (!(await completeImport(principal, { row, assetId }, deps))) await withdraw({ row, assetId }, deps);
  } catch (error) {
    // The worker stops: another goes on.
    if (signal?.aborted) throw error;
    const failure = failureOf(error);
    if (!failure.final && !lastTry) throw error;
    await failImport(principal, { row, failure }, deps);
    // What is nobody's fault outside belongs in the log of failed jobs as well.
    if (!(error instanceof DomainError || error instanceof FetchRefusal)) throw error;
  }
}

/** Another run was first: what this one made of the same file is one too many. */
async function withdraw({ row, assetId }: { row: Import; assetId: string }, deps: ImportDeps): Promise<void> {
  const ended = await deps.db.manager.findOneByOrFail(Import, { id: row.id });
  if (ended.assetId !== assetId) await deleteAsset(systemPrincipal(row.id), assetId, deps);
}

/** Their right to do so was looked at when they asked; whether their account stands is looked at now. */
async function whoAsked({ id, createdBy, projectId }: Import, deps: ImportDeps): Promise<Principal> {
  const issuedAt = Math.ceil(deps.clock.now().getTime() / 1000);
  const account = await readAccount({ userId: createdBy, issuedAt }, deps);
  const origin = { ip: null, userAgent: null, requestId: id };
  if (account) return userPrincipal(account, origin, { [projectId]: 'editor' });
  return { ...origin, kind: 'user', id: createdBy, account, key: null, claimedRoles: {} };
}

async function assetOf(
  principal: Principal,
  { row, signal }: { row: Import; signal?: AbortSignal | undefined },
  deps: ImportDeps,
): Promise<string> {
  const there = (await findImported(deps.db.manager, row)) ?? (await finishedBefore(row, deps));
  if (there !== null) return there;
  const maxBytes = await maxBytesFor(row, deps);
  const rules = { ...deps.settings.imports, maxBytes };
  return fetchToFile(row.address, { rules, signal }, (file) => store(principal, { row, file }, deps));
}

/** The asset of an attempt that died after it had made one; what it had only begun is given up. */
async function finishedBefore(row: Import, { db, clock }: ImportDeps): Promise<string | null> {
  if (row.uploadId === null) return null;
  const { status, assetId } = await db.manager.findOneByOrFail(Upload, { id: row.uploadId });
  if (status === 'completed') return assetId;
  await giveUpUpload(row, { db, clock });
  return null;
}

/** As much as the tier of whoever pays for the project takes in one file, and this server lets be fetched. */
async function maxBytesFor({ projectId }: Import, { db, settings }: ImportDeps): Promise<number> {
  const { ownerId } = await db.manager.findOneByOrFail(Project, { id: projectId });
  return Math.min(await readMaxFileSize(db.manager, ownerId), settings.imports.maxBytes);
}

async function store(
  principal: Principal,
  { row, file }: { row: Import; file: LocalFile },
  deps: ImportDeps,
): Promise<string> {
  const { projectId } = row;
  const upload = await announceFile(principal, { projectId, file }, deps);
  await deps.db.manager.update(Import, row.id, { uploadId: upload.id });
  await sendFile(principal, { upload, file }, deps);
  const name = row.name ?? upload.fileName;
  return (await finishUpload(principal, { upload, name }, deps)).asset.id;
}

/** A sentence for the person who asked; nothing of what this server found in its own network. */
function failureOf(error: unknown): ImportFailure {
  if (error instanceof FetchRefusal) {
    const { failure, message } = error;
    if (failure === 'not_allowed') return { code: 'host_not_allowed', reason: message, final: true };
    if (failure === 'too_large') return { code: 'file_too_large', reason: message, final: true };
    return { code: 'import_failed', reason: message, final: failure === 'bad_answer' };
  }
  if (error instanceof DomainError) {
    return { code: error.code, reason: error.message, final: !passes(error) };
  }
  return { code: 'import_failed', reason: 'The file could not be stored.', final: false };
}

/**
 * The upload was ended by somebody else: its source was deleted, or another run of this job, whose worker was thought
 * dead, began anew.
 */
const passes = ({ code, retryAfter }: DomainError): boolean =>
  retryAfter !== undefined || code === 'upload_expired' || code === 'upload_cancelled';
