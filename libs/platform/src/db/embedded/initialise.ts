import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, lstat, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { serverEnvironment } from './environment';
import { EmbeddedPostgresError, folderError } from './embedded-postgres-error';
import type { ServerFolder } from './server-folder';

export const SUPERUSER = 'slipway';

interface Outcome {
  code: number | null;
  output: string;
}

function run(command: string, args: string[], folder: ServerFolder): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      ...folder.account,
      cwd: dirname(folder.cluster),
      env: serverEnvironment(),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const collect = (chunk: Buffer): void => void (output += chunk.toString());
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output }));
  });
}

async function writePassword({ account, passwordFile }: ServerFolder): Promise<void> {
  await writeFile(passwordFile, randomBytes(24).toString('base64url'), { mode: 0o600 });
  if (account.uid !== undefined && account.gid !== undefined) {
    await chown(passwordFile, account.uid, account.gid);
  }
}

async function prepare(folder: ServerFolder): Promise<string> {
  await writePassword(folder);
  return unfinishedFolder(folder.cluster);
}

function initdbArguments(target: string, passwordFile: string, durable: boolean): string[] {
  const owner = ['-U', SUPERUSER, `--pwfile=${passwordFile}`, '--auth=scram-sha-256'];
  // The password is random, so stretching it would only make every connection slower.
  const cheapLogin = ['-c', 'scram_iterations=1'];
  // The same sorting and case rules on every machine, whatever its libc.
  const text = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  const speed = durable ? [] : ['--no-sync'];
  return ['-D', target, '--no-instructions', ...owner, ...cheapLogin, ...text, ...speed];
}

function failure({ output }: Outcome): EmbeddedPostgresError {
  const unknownUser = /could not look up effective user ID (\d+)/.exec(output);
  if (unknownUser) {
    return new EmbeddedPostgresError(
      'no_account',
      `PostgreSQL needs an account, but user ${unknownUser[1]} has no entry in /etc/passwd. Start as another user, or set DATABASE_URL.`,
    );
  }
  const said = output.split('\n').filter((line) => /error|fatal|could not/i.test(line));
  return new EmbeddedPostgresError(
    'start_failed',
    `PostgreSQL could not make its database files: ${said.join(' ') || output.trim()}`,
  );
}

/**
 * Where this run makes the files: a name of its own, since the initdb of a start that was stopped may still be writing.
 * What earlier runs left is removed as far as it holds still; the next start takes the rest.
 */
async function unfinishedFolder(cluster: string): Promise<string> {
  const prefix = `${basename(cluster)}.unfinished`;
  const leftovers = (await readdir(dirname(cluster))).filter((name) => name.startsWith(prefix));
  await Promise.allSettled(
    leftovers.map((name) => rm(join(dirname(cluster), name), { recursive: true, force: true })),
  );
  return `${cluster}.unfinished-${randomBytes(4).toString('hex')}`;
}

/** Makes the database files where there are none; a run that was killed half-way leaves nothing that is taken for them. */
export async function initialise(initdb: string, folder: ServerFolder, durable: boolean): Promise<void> {
  const { cluster, passwordFile } = folder;
  const done = await lstat(cluster).catch(() => null);
  if (done) return;
  const unfinished = await prepare(folder).catch((error: unknown) => {
    throw folderError(dirname(cluster), error);
  });
  const outcome = await run(initdb, initdbArguments(unfinished, passwordFile, durable), folder);
  if (outcome.code !== 0) throw failure(outcome);
  await rename(unfinished, cluster);
}
