import { chmod, mkdir } from 'node:fs/promises';

/** Where root keeps what another account must reach while its own folders are closed. Only root can write there. */
export const SHARED_STATE = '/var/lib/slipway';

export async function makeSharedState(folder: string = SHARED_STATE): Promise<string> {
  await mkdir(folder, { recursive: true });
  // Open to all even where root's umask says otherwise.
  await chmod(folder, 0o755);
  return folder;
}
