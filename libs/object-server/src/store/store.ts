import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Ledger } from '../ledger/ledger';
import { PieceStore } from '../pieces/piece-store';
import type { ServerLogger } from '../server-logger';
import { Buckets } from './buckets';
import { lockFolder } from './lock-folder';
import { Objects } from './objects';
import { Uploads } from './uploads';

/** All that the server keeps, in one folder. */
export interface Store {
  buckets: Buckets;
  objects: Objects;
  uploads: Uploads;
  pieces: PieceStore;
  close(): Promise<void>;
}

/** Repairs what a crash left. Throws when the folder cannot be written or another server has it open. */
export async function openStore(folder: string, logger: ServerLogger): Promise<Store> {
  await mkdir(folder, { recursive: true });
  const unlock = await lockFolder(folder);
  try {
    const ledger = await Ledger.open(join(folder, 'ledger'), { logger });
    const pieces = await PieceStore.open(join(folder, 'pieces'), ledger, logger);
    const buckets = new Buckets(ledger);
    const objects = new Objects(ledger, pieces, buckets);
    const uploads = new Uploads(ledger, pieces, buckets);
    const close = async (): Promise<void> => {
      await ledger.close();
      await unlock();
    };
    return { buckets, objects, uploads, pieces, close };
  } catch (error) {
    await unlock();
    throw error;
  }
}
