import { inTransaction } from '@slipway/platform/db/database';
import { deleteAsset } from '../assets/delete-asset';
import { archiveProject } from '../projects/archive-project';
import type { Deps } from '../shared/deps';
import { DomainError } from '../shared/errors';
import type { Principal } from '../shared/principal';
import { endGallery } from '../sharing/end-gallery';
import { cancelUpload } from '../uploads/cancel-upload';
import { namelessKey } from './nameless-key';

type DissolveDeps = Pick<Deps, 'db' | 'clock'>;

interface Dissolved {
  projectId: string;
  signal?: AbortSignal | undefined;
}

const PAGE = 100;

const PENDING = `select asset_id as id from uploads where project_id = $1 and status = 'pending' limit $2`;
const STORED = 'select id from assets where project_id = $1 and deleted_at is null limit $2';

/**
 * Deletes all that is in a project, and what its rows say. In the archive nothing new is begun, so that what is found
 * there is all. An upload that somebody is completing fails it with `upload_busy`: a repeat finds the asset. Its row stays,
 * since the audit trail and the ledger speak of it.
 */
export async function dissolveProject(
  principal: Principal,
  { projectId, signal }: Dissolved,
  deps: DissolveDeps,
): Promise<void> {
  await endGallery(principal, projectId, deps);
  await archiveProject(principal, { projectId, archived: true }, deps);
  const eachOf = eachPage({ projectId, signal }, deps);
  await eachOf(PENDING, (id) => cancelUpload(principal, id, deps));
  await eachOf(STORED, (id) => deleteUnlessGone(principal, id, deps));
  await inTransaction(deps.db, async (tx) => {
    for (const statement of EMPTY) await tx.query(statement, [projectId]);
  });
}

/** What `work` was done to is not found again. */
const eachPage =
  ({ projectId, signal }: Dissolved, { db }: Pick<Deps, 'db'>) =>
  async (found: string, work: (id: string) => Promise<void>): Promise<void> => {
    for (;;) {
      const page = await db.query<{ id: string }[]>(found, [projectId, PAGE]);
      if (page.length === 0) return;
      for (const { id } of page) {
        signal?.throwIfAborted();
        await work(id);
      }
    }
  };

async function deleteUnlessGone(principal: Principal, assetId: string, deps: DissolveDeps): Promise<void> {
  try {
    await deleteAsset(principal, assetId, deps);
  } catch (error) {
    if (!(error instanceof DomainError && error.code === 'not_found')) throw error;
  }
}

const EMPTY: readonly string[] = [
  `update projects set name = 'Erased' where id = $1`,
  'delete from project_members where project_id = $1',
  'delete from invitations where project_id = $1',
  'delete from shares where project_id = $1',
  'delete from imports where project_id = $1',
  'delete from old_addresses where project_id = $1',
  // Not deleted: the audit trail finds by them what somebody did.
  'update api_keys set revoked_at = now() where project_id = $1 and revoked_at is null',
  `update assets set name = 'Erased', file_name = 'erased', file_key = ${namelessKey('id')}, review_reason = null
    where project_id = $1`,
  `update uploads set file_name = 'erased', file_key = ${namelessKey('asset_id')}, rejection_detail = null
    where project_id = $1`,
];
