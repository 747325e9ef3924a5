import { setTimeout as sleep } from 'node:timers/promises';
import type { Deps } from '@slipway/core/shared/deps';

export type PartState = 'up' | 'down';

/** A part that takes longer than this is down for whoever asks. */
const PATIENCE_MS = 2_000;

async function stateOf(check: () => Promise<unknown>): Promise<PartState> {
  const answered = check().then(
    () => 'up' as const,
    () => 'down' as const,
  );
  return Promise.race([answered, sleep(PATIENCE_MS, 'down' as const, { ref: false })]);
}

export async function checkParts(
  deps: Pick<Deps, 'db' | 'objects'>,
): Promise<Record<'database' | 'storage', PartState>> {
  const [database, storage] = await Promise.all([
    stateOf(() => deps.db.query('select 1')),
    stateOf(() => deps.objects.check()),
  ]);
  return { database, storage };
}
