import { readFile, stat } from 'node:fs/promises';
import { dirname, parse } from 'node:path';
import { EmbeddedPostgresError } from './embedded-postgres-error';

/** Who the server runs as; shaped for `spawn`. Empty: as this process does. */
export interface Account {
  uid?: number;
  gid?: number;
}

const CANDIDATES = ['postgres', 'nobody'];

/** The first of the candidates in the text of /etc/passwd that is not root itself. */
export function pickAccount(passwd: string): Required<Account> | null {
  const entries = passwd.split('\n').map((line) => line.split(':'));
  for (const name of CANDIDATES) {
    const [, , uid, gid] = entries.find((entry) => entry[0] === name) ?? [];
    if (Number(uid) > 0) return { uid: Number(uid), gid: Number(gid) };
  }
  return null;
}

async function ownerOf(path: string): Promise<Required<Account> | null> {
  const found = await stat(path).catch(() => null);
  return found === null || found.uid === 0 ? null : { uid: found.uid, gid: found.gid };
}

/**
 * PostgreSQL refuses to run as root, so under root it is given another account: the one that owns the existing files,
 * which no other account could read, else `postgres` or `nobody`.
 */
export async function serverAccount(dataDir: string): Promise<Account> {
  if (process.getuid?.() !== 0) return {};
  const account = (await ownerOf(dataDir)) ?? pickAccount(await readFile('/etc/passwd', 'utf8'));
  if (account) return account;
  throw new EmbeddedPostgresError(
    'no_account',
    'PostgreSQL does not run as root, and this machine has neither an account "postgres" nor "nobody". Start as an ordinary user, or set DATABASE_URL.',
  );
}

function mayEnter(mode: number, owner: Required<Account>, account: Required<Account>): boolean {
  if (owner.uid === account.uid) return (mode & 0o100) !== 0;
  if (owner.gid === account.gid) return (mode & 0o010) !== 0;
  return (mode & 0o001) !== 0;
}

/** The folder nearest to the root on the way to `path` that the account may not enter; null when the way is free. */
export async function closedFolder(path: string, { uid, gid }: Account): Promise<string | null> {
  if (uid === undefined || gid === undefined) return null;
  const above = path === parse(path).root ? null : await closedFolder(dirname(path), { uid, gid });
  if (above !== null) return above;
  const found = await stat(path);
  return !found.isDirectory() || mayEnter(found.mode, found, { uid, gid }) ? null : path;
}
