import { setTimeout as sleep } from 'node:timers/promises';
import type { Deps } from '../shared/deps';
import { Asset } from './asset.entity';

const POLL_MS = 100;

/** The asset as it is once its renditions are there, or after `seconds` as it is then. */
export async function waitWhileProcessing(
  asset: Asset,
  seconds: number,
  deps: Pick<Deps, 'db'>,
): Promise<Asset> {
  const deadline = Date.now() + seconds * 1000;
  let current = asset;
  while (current.status === 'Processing' && Date.now() < deadline) {
    await sleep(POLL_MS);
    current = (await deps.db.manager.findOneBy(Asset, { id: asset.id })) ?? current;
  }
  return current;
}
