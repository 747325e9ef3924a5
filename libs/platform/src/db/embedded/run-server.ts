import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { open, readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { EmbeddedPostgresError } from './embedded-postgres-error';
import { serverEnvironment } from './environment';
import { readPostmasterFile, stopServer } from './postmaster';
import type { ServerFolder } from './server-folder';

export interface RunOptions {
  postgres: string;
  folder: ServerFolder;
  port: number;
  durable: boolean;
}

export interface RunningServer {
  /** Resolves when the server has ended, for whatever reason. */
  ended: Promise<unknown>;
  stop(): Promise<void>;
}

const START_PATIENCE_MS = 60_000;

/** For tests: the operating system keeps what was written, but a power failure may not. */
const CARELESS = ['fsync=off', 'full_page_writes=off', 'synchronous_commit=off'];

function serverArguments({ folder, port, durable }: RunOptions): string[] {
  const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories='];
  const all = durable ? settings : [...settings, ...CARELESS];
  return ['-D', folder.cluster, '-p', String(port), ...all.flatMap((setting) => ['-c', setting])];
}

async function launch(options: RunOptions): Promise<ChildProcess> {
  const log = await open(options.folder.logFile, 'w', 0o600);
  try {
    const child = spawn(options.postgres, serverArguments(options), {
      ...options.folder.account,
      cwd: options.folder.cluster,
      env: serverEnvironment(),
      // Its own process group: Ctrl-C in a terminal must not end the database before those who still use it.
      detached: true,
      // A file, not a pipe: if this process is killed, the server must not hang or die on a log line.
      stdio: ['ignore', log.fd, log.fd],
    });
    await once(child, 'spawn');
    return child;
  } finally {
    await log.close();
  }
}

async function failure({ folder, port }: RunOptions): Promise<EmbeddedPostgresError> {
  const log = await readFile(folder.logFile, 'utf8').catch(() => '');
  if (/could not bind .*Address already in use/.test(log)) {
    return new EmbeddedPostgresError(
      'port_in_use',
      `Port ${port} on 127.0.0.1, where the database would listen, is taken by another program. Stop that program, or set POSTGRES_PORT to a free port.`,
    );
  }
  const said = log.split('\n').filter((line) => /FATAL|PANIC|HINT|DETAIL|error while loading/.test(line));
  return new EmbeddedPostgresError(
    'start_failed',
    `PostgreSQL did not start: ${said.join(' ') || `see ${folder.logFile}`}`,
  );
}

async function isReady(child: ChildProcess, cluster: string): Promise<boolean> {
  const file = await readPostmasterFile(cluster);
  return file?.pid === child.pid && file?.status === 'ready';
}

async function waitUntilReady(child: ChildProcess, options: RunOptions): Promise<void> {
  const deadline = Date.now() + START_PATIENCE_MS;
  while (Date.now() < deadline) {
    if (child.exitCode !== null || child.signalCode !== null) throw await failure(options);
    if (await isReady(child, options.folder.cluster)) return;
    await sleep(10);
  }
  child.kill('SIGQUIT');
  throw await failure(options);
}

/** Resolves when the server takes connections. */
export async function runServer(options: RunOptions): Promise<RunningServer> {
  const child = await launch(options);
  const ended = once(child, 'exit');
  await waitUntilReady(child, options);
  // Whoever forgets to stop the server must not hang for it, nor leave it behind by an exit in haste.
  child.unref();
  const endWithProcess = (): void => void child.kill('SIGINT');
  process.once('exit', endWithProcess);
  void ended.then(() => process.off('exit', endWithProcess));
  return {
    ended,
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.ref();
      await Promise.all([ended, stopServer(child.pid ?? 0, options.folder.cluster)]);
    },
  };
}
