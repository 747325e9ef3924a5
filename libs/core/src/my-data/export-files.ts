import type { Readable } from 'node:stream';
import { StorageError } from '@slipway/platform/object-store/storage-error';
import { type DataSource, IsNull } from 'typeorm';
import { decideAccess } from '../access/decide-access';
import { Asset } from '../assets/asset.entity';
import type { Deps } from '../shared/deps';
import { safeName } from '../shared/file-name';
import { systemPrincipal } from '../shared/principal';
import type { Archive } from './archive';

/** A file that is not in the archive, or not whole. */
export interface MissingFile {
  asset_id: string;
  project_id: string;
  name: string;
  reason: 'infected' | 'scan_pending' | 'not_in_storage' | 'storage_failed';
  /** Bytes of it that are there. */
  bytes: number;
}

type FilesDeps = Pick<Deps, 'db' | 'objects' | 'clock'>;

const PAGE = 1_000;

const OWN = `
  select assets.id from assets join projects on projects.id = assets.project_id
   where projects.owner_id = $1 and assets.deleted_at is null and assets.id > $2
   order by assets.id limit $3`;

async function* ownFiles(userId: string, db: DataSource): AsyncGenerator<Asset> {
  for (let after = '', more = true; more;) {
    const page = await db.query<{ id: string }[]>(OWN, [userId, after, PAGE]);
    for (const { id } of page) {
      // When its turn comes, hours later maybe: by then it may be gone, or have another key.
      const asset = await db.manager.findOneBy(Asset, { id, deletedAt: IsNull() });
      if (asset) yield asset;
    }
    more = page.length === PAGE;
    after = page.at(-1)?.id ?? '';
  }
}

/** Windows has no file whose name holds one of these, or ends with a dot or a space. */
const UNUSUAL = /[<>:"|?*]|[. ]+$/g;

/** Below folders of our own making; nothing in a file's name leads out of them. */
export const archivedName = ({ projectId, id, fileName }: Asset): string =>
  `files/${projectId}/${id}/${safeName(fileName).replace(UNUSUAL, '_')}`;

/**
 * Adds the files of the account's projects, one after the other, straight from the storage. A file that cannot be had is
 * told of, and keeps no other from being taken.
 */
export async function addFiles(archive: Archive, userId: string, deps: FilesDeps): Promise<MissingFile[]> {
  const missing: MissingFile[] = [];
  for await (const asset of ownFiles(userId, deps.db)) {
    const fault = withheld(asset, deps) ?? (await addFile(archive, asset, deps));
    if (fault)
      missing.push({ asset_id: asset.id, project_id: asset.projectId, name: asset.fileName, ...fault });
  }
  return missing;
}

type Fault = Pick<MissingFile, 'reason' | 'bytes'>;

/** What nobody is given a URL of leaves this way neither. */
function withheld(asset: Asset, { clock }: FilesDeps): Fault | null {
  const project = { id: asset.projectId, archivedAt: null, review: false, memberRole: null };
  const decision = decideAccess(systemPrincipal(), { asset, project, shares: [] }, clock.now());
  if (decision.allowed) return null;
  return { reason: decision.because === 'infected' ? 'infected' : 'scan_pending', bytes: 0 };
}

async function addFile(archive: Archive, asset: Asset, { objects }: FilesDeps): Promise<Fault | null> {
  const body = await openOrExplain(asset, objects);
  if ('reason' in body) return body;
  let fault: Fault | null = null;
  const entry = { size: asset.fileSize, modifiedAt: asset.createdAt };
  const untilItBreaks = readUntilItBreaks(body, (bytes) => (fault = { reason: 'storage_failed', bytes }));
  try {
    await archive.addFile(archivedName(asset), untilItBreaks, entry);
  } finally {
    body.destroy();
  }
  return fault;
}

async function openOrExplain({ fileKey }: Asset, objects: Deps['objects']): Promise<Readable | Fault> {
  try {
    const body = await objects.openRead(fileKey);
    // Until somebody reads it nobody else listens, and an error without a listener ends the process.
    body.on('error', () => undefined);
    return body;
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    return { reason: error.failure === 'not_found' ? 'not_in_storage' : 'storage_failed', bytes: 0 };
  }
}

/** An entry that has begun cannot be taken out of a zip again: it ends where its body does. */
async function* readUntilItBreaks(
  body: AsyncIterable<Buffer>,
  onBreak: (bytes: number) => void,
): AsyncGenerator<Buffer> {
  let bytes = 0;
  try {
    for await (const chunk of body) {
      bytes += chunk.length;
      yield chunk;
    }
  } catch {
    onBreak(bytes);
  }
}
