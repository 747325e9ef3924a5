import type { Deps } from '../shared/deps';

const BATCH = 1_000;

/** With the key of each. */
const TABLES = {
  sessions: 'id',
  spent_refresh_tokens: 'token_hash',
  account_tokens: 'token_hash',
  login_attempts: 'subject',
} as const;

type Table = keyof typeof TABLES;

const forgetFrom = (table: Table): string => `
  delete from ${table} where ${TABLES[table]} in (
    select ${TABLES[table]} from ${table} where expires_at <= $1 limit $2 for update skip locked)`;

/**
 * Deletes what is past its time, a batch a statement, so that no call waits long for a row. A session that has ended
 * stays until it would have expired, to tell a device that comes back why. Gives how many, by table.
 */
export async function forgetSignIns({
  db,
  clock,
}: Pick<Deps, 'db' | 'clock'>): Promise<Record<Table, number>> {
  const forgotten = { sessions: 0, spent_refresh_tokens: 0, account_tokens: 0, login_attempts: 0 };
  const now = clock.now();
  for (const table of Object.keys(TABLES) as Table[]) {
    for (let deleted = BATCH; deleted === BATCH; forgotten[table] += deleted) {
      [, deleted] = await db.query<[unknown[], number]>(forgetFrom(table), [now, BATCH]);
    }
  }
  return forgotten;
}
