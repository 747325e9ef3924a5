import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findBinaries } from './embedded/binaries';
import { EmbeddedPostgresError } from './embedded/embedded-postgres-error';
import { ensureDatabase } from './embedded/ensure-database';
import { freePort } from './embedded/free-port';
import { initialise, SUPERUSER } from './embedded/initialise';
import { clearLeftovers } from './embedded/postmaster';
import { runServer, type RunningServer, type RunOptions } from './embedded/run-server';
import { prepareFolder, serverFiles } from './embedded/server-folder';

export interface EmbeddedPostgresOptions {
  /** Made when missing. One process at a time: a server found running on it is taken for the leftover of a killed one. */
  dataDir: string;
  /** On 127.0.0.1; 0 takes a free one. */
  port: number;
  /** False gives up safety against power failure for speed: for tests only. */
  durable: boolean;
}

export interface EmbeddedPostgres {
  /** Of the database `slipway`, as its owner, who is also superuser. */
  url: string;
  port: number;
  /** Resolves when the server has ended, asked or not. */
  ended: Promise<unknown>;
  /** Disconnects everybody, closes the files and ends the server. May be called again. */
  stop(): Promise<void>;
}

const DATABASE = 'slipway';

const urlOf = (password: string, port: number): string =>
  `postgres://${SUPERUSER}:${password}@127.0.0.1:${port}/${DATABASE}?sslmode=disable`;
const ATTEMPTS = 5;

/** Of a killed server, its last backends may need a moment to notice. */
const isPassing = (error: unknown): boolean =>
  error instanceof EmbeddedPostgresError &&
  error.failure === 'start_failed' &&
  /pre-existing shared memory block|lock file .* already exists/.test(error.message);

async function runOnSomePort(options: RunOptions): Promise<{ server: RunningServer; port: number }> {
  for (let attempt = 1; ; attempt += 1) {
    const port = options.port || (await freePort());
    try {
      return { server: await runServer({ ...options, port }), port };
    } catch (error) {
      const taken = error instanceof EmbeddedPostgresError && error.failure === 'port_in_use';
      const again = isPassing(error) || (taken && options.port === 0);
      if (!again || attempt === ATTEMPTS) throw error;
      await sleep(200 * attempt);
    }
  }
}

/**
 * Starts the PostgreSQL that npm brought on a folder of its own. Throws `EmbeddedPostgresError`.
 * A server that a killed process left behind is shut down first, so that port, durability and the watch over it are
 * those asked for.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const folder = await prepareFolder(resolve(options.dataDir));
  const { initdb, postgres } = await findBinaries(folder.account);
  await initialise(initdb, folder, options.durable);
  await clearLeftovers(folder.cluster);
  const { server, port } = await runOnSomePort({ ...options, postgres, folder });
  const password = await readFile(folder.passwordFile, 'utf8');
  const url = urlOf(password, port);
  try {
    await ensureDatabase(url);
  } catch (error) {
    await server.stop();
    throw error;
  }
  return { url, port, ended: server.ended, stop: () => server.stop() };
}

/** The URL of a server that another process has started on the folder, whether it runs right now or not. */
export async function findEmbeddedPostgres({
  dataDir,
  port,
}: Pick<EmbeddedPostgresOptions, 'dataDir' | 'port'>): Promise<string> {
  const { passwordFile } = serverFiles(resolve(dataDir));
  return urlOf(await readFile(passwordFile, 'utf8'), port);
}
