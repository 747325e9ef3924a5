import { runPrepared } from '@slipway/platform/db/prepared';
import type { Deps } from '../shared/deps';
import type { ReadApiKey } from './read-api-key';

const MINUTE_MS = 60_000;

// What somebody else holds is left to them: a call never waits for another's note, nor for a revocation.
const NOTE = {
  name: 'note-api-key-use',
  text: `
    update api_keys set last_used_at = $2
     where id = (select id from api_keys where id = $1 and (last_used_at is null or last_used_at <= $3)
                    for no key update skip locked)`,
};

/** Notes that a key is in use, at most once a minute. Throws the database's errors. */
export async function noteKeyUse(
  { facts, lastUsedAt }: ReadApiKey,
  deps: Pick<Deps, 'db' | 'clock'>,
): Promise<void> {
  const now = deps.clock.now();
  const stale = new Date(now.getTime() - MINUTE_MS);
  if (lastUsedAt === null || lastUsedAt <= stale) await runPrepared(deps.db, NOTE, [facts.id, now, stale]);
}
