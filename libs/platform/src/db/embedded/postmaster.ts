import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

/** https://www.postgresql.org/docs/current/storage-file-layout.html: the running server's lock file. */
export interface PostmasterFile {
  pid: number;
  port: number;
  /** `starting`, `ready`, `standby` or `stopping`; empty until the server has got that far. */
  status: string;
}

/** Null where there is no such file, or it is not yet written whole. */
export function parsePostmasterFile(text: string): PostmasterFile | null {
  const lines = text.split('\n');
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0) return null;
  return { pid, port: Number(lines[3] ?? 0), status: (lines[7] ?? '').trim() };
}

const fileOf = (cluster: string): string => join(cluster, 'postmaster.pid');

export async function readPostmasterFile(cluster: string): Promise<PostmasterFile | null> {
  const text = await readFile(fileOf(cluster), 'utf8').catch(() => '');
  return parsePostmasterFile(text);
}

/** Empty for a process that is gone or a zombie. */
async function commandLine(pid: number): Promise<string> {
  if (process.platform === 'linux') {
    return readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  }
  return promisify(execFile)('ps', ['-p', String(pid), '-o', 'command='])
    .then(({ stdout }) => stdout)
    .catch(() => '');
}

async function serves(pid: number, cluster: string): Promise<boolean> {
  const command = await commandLine(pid);
  return command.includes('postgres') && command.includes(cluster);
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/**
 * Harder from step to step: disconnect everybody and close the files, give up at once (the next start recovers from
 * the log), kill. https://www.postgresql.org/docs/current/server-shutdown.html
 */
const STEPS = [
  ['SIGINT', 15_000],
  ['SIGQUIT', 6_000],
  ['SIGKILL', 2_000],
] as const;

/** Resolves when the server is gone. */
export async function stopServer(pid: number, cluster: string): Promise<void> {
  for (const [signal, patience] of STEPS) {
    if (!(await serves(pid, cluster))) return;
    send(pid, signal);
    const deadline = Date.now() + patience;
    while (Date.now() < deadline && (await serves(pid, cluster))) await sleep(10);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

/**
 * Clears what a killed process left. Its server lives on and would hold the folder and the port. The lock file of a
 * server that is gone is PostgreSQL's to judge, since backends may have outlived it; only where its number now belongs
 * to another program, which would keep PostgreSQL from starting, it is given ours: PostgreSQL ignores its parent's
 * number and still looks for such backends.
 */
export async function clearLeftovers(cluster: string): Promise<void> {
  const found = await readPostmasterFile(cluster);
  if (found === null) return;
  if (await serves(found.pid, cluster)) return stopServer(found.pid, cluster);
  if (!isAlive(found.pid)) return;
  const [, ...rest] = (await readFile(fileOf(cluster), 'utf8')).split('\n');
  await writeFile(fileOf(cluster), [process.pid, ...rest].join('\n'));
}
