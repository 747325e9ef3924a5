import type { Deps } from '../shared/deps';

const BATCH = 1_000;

const FORGET = `
  delete from idempotency_keys where id in (
    select id from idempotency_keys where expires_at <= $1 limit $2 for update skip locked)`;

/** Deletes what is past its time, a batch a statement, so that no call waits long for a row. Gives how many. */
export async function forgetIdempotencyKeys(deps: Pick<Deps, 'db' | 'clock'>): Promise<number> {
  const now = deps.clock.now();
  let forgotten = 0;
  for (;;) {
    const [, deleted] = await deps.db.query<[unknown[], number]>(FORGET, [now, BATCH]);
    forgotten += deleted;
    if (deleted < BATCH) return forgotten;
  }
}
