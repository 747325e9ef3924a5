import { inTransaction } from '@slipway/platform/db/database';
import { assertAllowed } from '@slipway/platform/fetch/check-target';
import { FetchRefusal } from '@slipway/platform/fetch/fetch-refusal';
import { findWaitingJobs } from '@slipway/platform/jobs/find-waiting-jobs';
import type { EntityManager } from 'typeorm';
import { requireProject } from '../projects/require-project';
import { normaliseAddress } from '../references/old-address';
import type { Deps } from '../shared/deps';
import { DomainError } from '../shared/errors';
import { nameFault } from '../shared/file-name';
import { newId } from '../shared/ids';
import { accountOf, type Principal } from '../shared/principal';
import { enqueueImport, importJobKey } from './enqueue-import';
import { Import } from './import.entity';
import { findImported } from './old-address-store';

export interface BeginImportInput {
  projectId: string;
  address: string;
  name?: string | null;
}

/**
 * Has a file copied from its old address by a job. An address that the project has imported already, or is importing,
 * is not fetched again. Fails with `invalid_request`, `not_found`, `forbidden`, `project_archived`, `host_not_allowed`.
 */
export async function beginImport(
  principal: Principal,
  input: BeginImportInput,
  deps: Pick<Deps, 'db' | 'clock' | 'settings'>,
): Promise<Import> {
  const { projectId } = input;
  await requireProject(principal, { projectId, right: 'assets.write' }, deps);
  const planned = newImport(principal, { ...input, address: acceptable(input, deps) }, deps.clock.now());
  return inTransaction(deps.db, async (tx) => {
    const assetId = await findImported(tx, planned);
    if (assetId !== null) return insert(tx, Object.assign(planned, { status: 'completed', assetId }));
    const row = (await insertUnlessPending(tx, planned)) ?? (await pendingOf(tx, planned));
    // A job that used up its tries without a word leaves a row that nobody works on any more.
    const waiting = await findWaitingJobs(tx, [importJobKey(row.id)]);
    if (waiting.size === 0) await enqueueImport(tx, row.id);
    return row;
  });
}

/** The address in its one form; all faults of the input at once, or `host_not_allowed`. */
function acceptable({ address, name }: BeginImportInput, { settings }: Pick<Deps, 'settings'>): string {
  const normalised = normaliseAddress(address);
  const message = name ? nameFault(name) : null;
  if (normalised === null || message !== null) {
    throw new DomainError('invalid_request', 'The file cannot be imported as asked.', {
      errors: [
        ...(normalised === null
          ? [{ field: 'url', message: 'must be a web address without a password' }]
          : []),
        ...(message === null ? [] : [{ field: 'name', message }]),
      ],
    });
  }
  try {
    assertAllowed(new URL(normalised), settings.imports);
  } catch (error) {
    if (!(error instanceof FetchRefusal)) throw error;
    throw new DomainError('host_not_allowed', error.message, { cause: error });
  }
  return normalised;
}

const newImport = (
  principal: Principal,
  { projectId, address, name }: BeginImportInput,
  at: Date,
): Import => ({
  id: newId('IMP'),
  projectId,
  createdBy: accountOf(principal),
  address,
  name: name ?? null,
  status: 'pending',
  uploadId: null,
  assetId: null,
  code: null,
  reason: null,
  createdAt: at,
  updatedAt: at,
});

async function insert(tx: EntityManager, row: Import): Promise<Import> {
  await tx.insert(Import, row);
  return row;
}

/** Null where the same address is being imported into the same project. */
async function insertUnlessPending(tx: EntityManager, row: Import): Promise<Import | null> {
  const { raw } = await tx
    .createQueryBuilder()
    .insert()
    .into(Import)
    .values(row)
    .orIgnore()
    .returning('id')
    .execute();
  return (raw as unknown[]).length === 1 ? row : null;
}

const pendingOf = (tx: EntityManager, { projectId, address }: Import): Promise<Import> =>
  tx.findOneByOrFail(Import, { projectId, address, status: 'pending' });
