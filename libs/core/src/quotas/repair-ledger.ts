import { inTransaction } from '@slipway/platform/db/database';
import type { EntityManager } from 'typeorm';
import type { Deps } from '../shared/deps';
import { LEDGER_OF_ROWS } from './ledger-of-rows';
import { findDifferences, type LedgerDifference } from './prove-ledger';

/**
 * Sets each row of the ledger that differs to what uploads and assets say, and gives what it found. Uploads of the
 * owners concerned wait meanwhile, those of others do not.
 */
export function repairLedger({ db }: Pick<Deps, 'db'>): Promise<LedgerDifference[]> {
  return inTransaction(db, async (tx) => {
    const found = await findDifferences(tx);
    if (found.length === 0) return found;
    const owners = [...new Set(found.map(({ ownerId }) => ownerId))];
    await insertMissing(tx, found);
    await lockOwners(tx, owners);
    await setToRows(tx, owners);
    return found;
  });
}

const idsOf = (found: LedgerDifference[], scope: LedgerDifference['scope']): string[] =>
  found.filter((one) => one.scope === scope && one.ledger === null).map(({ id }) => id);

/** First of all: a row that is not there cannot be locked. */
async function insertMissing(tx: EntityManager, found: LedgerDifference[]): Promise<void> {
  await tx.query('insert into usage (user_id) select unnest($1::text[]) on conflict do nothing', [
    idsOf(found, 'user'),
  ]);
  await tx.query(
    `insert into project_usage (project_id, payer_id)
       select id, owner_id from projects where id = any($1) on conflict do nothing`,
    [idsOf(found, 'project')],
  );
}

/**
 * Whoever moves the ledger of an owner or of one of their projects holds the owner's row until the commit. So once
 * these are held here, all that was moved is committed, and the next statement sees it.
 */
async function lockOwners(tx: EntityManager, owners: string[]): Promise<void> {
  await tx.query('select from usage where user_id = any($1) order by user_id for no key update', [owners]);
}

const COUNTS = ['used_bytes', 'reserved_bytes', 'used_files', 'reserved_files'];
const TO_ROWS = COUNTS.map((count) => `${count} = by_rows.${count}`).join(', ');

async function setToRows(tx: EntityManager, owners: string[]): Promise<void> {
  await tx.query(
    `${LEDGER_OF_ROWS}, users_set as (
       update usage set ${TO_ROWS} from user_rows as by_rows
        where user_id = by_rows.id and by_rows.id = any($1)
     )
     update project_usage set ${TO_ROWS} from project_rows as by_rows
      where project_id = by_rows.id and by_rows.owner_id = any($1)`,
    [owners],
  );
}
