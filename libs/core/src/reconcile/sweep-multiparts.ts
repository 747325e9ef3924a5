import { objectKey } from '@slipway/platform/object-store/object-key';
import type { ListedMultipartUpload, MultipartListPage } from '@slipway/platform/object-store/object-store';
import type { EntityManager } from 'typeorm';
import type { Finding, Look, SweepDeps } from './finding';
import { removeStray } from './remove-stray';

/** As the bucket's own rule for unfinished parts (`npm run storage -- setup`), for storages that have no such rules. */
const UNKNOWN_MS = 7 * 24 * 60 * 60 * 1000;

/**
 * Finds uploads in parts that the storage keeps and nobody will complete: of an upload that has ended, or made by a
 * call that died before it was recorded.
 */
export async function* sweepMultiparts(look: Look, deps: SweepDeps): AsyncGenerator<Finding[]> {
  const forgottenBefore = new Date(look.now.getTime() - UNKNOWN_MS);
  for await (const page of multipartPages(look, deps)) {
    const settled = page.filter(({ initiatedAt }) => initiatedAt < look.settledBefore);
    const owners = await ownersOf(settled, deps.db.manager);
    yield settled.flatMap((found): Finding[] => {
      const owner = owners.get(found.key);
      const stray = owner ? !expects(owner, found) : found.initiatedAt < forgottenBefore;
      return stray ? [strayMultipart(found, owner, { look, deps })] : [];
    });
  }
}

/** Files are written in parts for projects, and by exports. */
const PREFIXES = [objectKey.projectsPrefix, objectKey.exportsPrefix];

async function* multipartPages(
  { signal }: Look,
  { objects }: SweepDeps,
): AsyncGenerator<ListedMultipartUpload[]> {
  for (const prefix of PREFIXES) {
    for (let after: MultipartListPage['next'] | undefined; after !== null;) {
      signal.throwIfAborted();
      const page = await objects.listMultiparts(prefix, after === undefined ? {} : { after });
      yield page.uploads;
      after = page.next;
    }
  }
}

interface Owner {
  file_key: string;
  status: string;
  storage_upload_id: string | null;
  project_id: string;
  asset_id: string;
}

async function ownersOf(
  found: readonly ListedMultipartUpload[],
  db: EntityManager,
): Promise<Map<string, Owner>> {
  if (found.length === 0) return new Map();
  const rows = await db.query<Owner[]>(
    `select file_key, status, storage_upload_id, project_id, asset_id from uploads where file_key = any ($1)`,
    [found.map(({ key }) => key)],
  );
  return new Map(rows.map((row) => [row.file_key, row]));
}

const expects = (owner: Owner, { storageUploadId }: ListedMultipartUpload): boolean =>
  owner.status === 'pending' && owner.storage_upload_id === storageUploadId;

function strayMultipart(
  found: ListedMultipartUpload,
  owner: Owner | undefined,
  { look, deps }: { look: Look; deps: SweepDeps },
): Finding {
  const { key, storageUploadId } = found;
  const ids = { projectId: owner?.project_id ?? null, assetId: owner?.asset_id ?? null };
  const remove = () => deps.objects.abortMultipart(found);
  const stray = { kind: 'stray_multipart', key, ...ids, remove } as const;
  const facts = { key, storage_upload_id: storageUploadId };
  return { kind: stray.kind, facts, repair: () => removeStray(look, stray, deps) };
}
