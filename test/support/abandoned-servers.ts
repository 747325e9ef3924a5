import { readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clearLeftovers } from '../../libs/platform/src/db/embedded/postmaster';

const OWN_FOLDER = /^slipway-test-(\d+)-postgres-/;

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

/** A run of jest that was killed leaves its database server behind. */
export async function removeAbandonedServers(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const owner = OWN_FOLDER.exec(name)?.[1];
    if (owner === undefined || isAlive(Number(owner))) continue;
    const folder = join(tmpdir(), name);
    await clearLeftovers(join(folder, 'postgres/cluster'));
    await rm(folder, { recursive: true, force: true });
  }
}
