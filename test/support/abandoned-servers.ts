import { readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clearLeftovers } from '../../libs/platform/src/db/embedded/postmaster';

/** As makeTestFolder names them. */
const TEST_FOLDER = /^slipway-test-(\d+)-[a-z]+-/;

/** Where the tests keep their database servers inside such a folder. */
const CLUSTERS = ['postgres/cluster', 'database/cluster', 'data/database/cluster'];

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

async function isOurs(folder: string): Promise<boolean> {
  const found = await stat(folder).catch(() => null);
  return found !== null && found.uid === process.getuid?.();
}

/** A run of jest that was killed leaves its folders and database servers behind. */
export async function removeAbandonedServers(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const owner = TEST_FOLDER.exec(name)?.[1];
    const folder = join(tmpdir(), name);
    if (owner === undefined || isAlive(Number(owner)) || !(await isOurs(folder))) continue;
    for (const cluster of CLUSTERS) await clearLeftovers(join(folder, cluster));
    await rm(folder, { recursive: true, force: true });
  }
}
