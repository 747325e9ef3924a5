import { access, chmod, constants, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { lockFolder } from '@slipway/object-server/store/lock-folder';
import { loadSecrets, type Secrets } from './secrets';

export interface DataFolder {
  database: string;
  storage: string;
  secrets: Secrets;
  close(): Promise<void>;
}

/**
 * The folder of everything embedded, for this process alone. Others may pass through it, as the database's account
 * must under root; what lies in it is closed to them.
 */
export async function openDataFolder(path: string): Promise<DataFolder> {
  const made = await mkdir(path, { recursive: true });
  if (made !== undefined) await chmod(path, 0o711);
  await access(path, constants.R_OK | constants.W_OK | constants.X_OK);
  const unlock = await lockFolder(path);
  try {
    const secrets = await loadSecrets(path);
    return { database: join(path, 'database'), storage: join(path, 'storage'), secrets, close: unlock };
  } catch (error) {
    await unlock();
    throw error;
  }
}
