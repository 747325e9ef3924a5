import { access, chmod, chown, constants, lstat, mkdir, mkdtemp, realpath, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { closedFolder, serverAccount, type Account } from './account';
import { EmbeddedPostgresError, folderError } from './embedded-postgres-error';
import { makeSharedState } from './shared-state';

/** What the launcher keeps in the folder it was given. */
export interface ServerFolder {
  account: Account;
  /** PostgreSQL's own data directory. */
  cluster: string;
  /** Where the superuser's password lies. */
  passwordFile: string;
  /** What the server said since its last start. */
  logFile: string;
}

/** Where in its folder a server has what. */
export const serverFiles = (folder: string): Omit<ServerFolder, 'account'> => ({
  cluster: join(folder, 'cluster'),
  passwordFile: join(folder, 'password'),
  logFile: join(folder, 'server.log'),
});

const isMissing = (folder: string): Promise<boolean> =>
  lstat(folder).then(
    () => false,
    () => true,
  );

/** A folder elsewhere, and a link to it in its place: whoever removes the link starts with an empty database. */
async function makeElsewhere(folder: string): Promise<void> {
  const place = await mkdtemp(join(await makeSharedState(), 'database-'));
  await symlink(place, folder);
}

async function make(folder: string, account: Account): Promise<void> {
  await mkdir(dirname(folder), { recursive: true });
  const closed = await closedFolder(await realpath(dirname(folder)), account);
  if (closed === null) await mkdir(folder);
  else await makeElsewhere(folder);
}

/** For the account alone: PostgreSQL insists on it. */
async function hand(folder: string, { uid, gid }: Account): Promise<void> {
  await chmod(folder, 0o700);
  if (uid !== undefined && gid !== undefined) await chown(folder, uid, gid);
}

async function requireOpenWay(folder: string, account: Account): Promise<void> {
  const closed = await closedFolder(folder, account);
  if (closed === null) return;
  throw new EmbeddedPostgresError(
    'folder_unusable',
    `PostgreSQL runs as user ${account.uid}, who may not enter ${closed}. Open that folder with chmod a+x, or move the data folder.`,
  );
}

/** The folder, made where it was missing: open to the account of the server and to nobody else. */
export async function prepareFolder(dataDir: string): Promise<ServerFolder> {
  try {
    const account = await serverAccount(dataDir);
    if (await isMissing(dataDir)) await make(dataDir, account);
    const folder = await realpath(dataDir);
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    await hand(folder, account);
    await requireOpenWay(folder, account);
    return { account, ...serverFiles(folder) };
  } catch (error) {
    throw error instanceof EmbeddedPostgresError ? error : folderError(dataDir, error);
  }
}
