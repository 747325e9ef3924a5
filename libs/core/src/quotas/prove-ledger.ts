import type { EntityManager } from 'typeorm';
import type { Deps } from '../shared/deps';
import { LEDGER_OF_ROWS } from './ledger-of-rows';

export interface LedgerCounts {
  usedBytes: number;
  reservedBytes: number;
  usedFiles: number;
  reservedFiles: number;
}

/** A row of the ledger that does not say what uploads and assets say. */
export interface LedgerDifference {
  scope: 'user' | 'project';
  id: string;
  /** Whoever pays: the user, or the project's owner. */
  ownerId: string;
  /** Null: the row is missing. */
  ledger: LedgerCounts | null;
  rows: LedgerCounts;
}

const COUNTS = 'used_bytes, reserved_bytes, used_files, reserved_files';

const COMPARE = `
  ${LEDGER_OF_ROWS}, ledger as (
    select 'user' as scope, user_id as id, ${COUNTS} from usage
    union all select 'project', project_id, ${COUNTS} from project_usage
  ), by_rows as (
    select 'user' as scope, * from user_rows union all select 'project', * from project_rows
  )
  select scope, id, by_rows.owner_id, row_to_json(ledger) as ledger, row_to_json(by_rows) as rows
    from by_rows left join ledger using (scope, id)
   where (ledger.used_bytes, ledger.reserved_bytes, ledger.used_files, ledger.reserved_files) is distinct from
         (by_rows.used_bytes, by_rows.reserved_bytes, by_rows.used_files, by_rows.reserved_files)
   order by scope desc, id`;

type CountsRow = Record<'used_bytes' | 'reserved_bytes' | 'used_files' | 'reserved_files', number>;
type DifferenceRow = Pick<LedgerDifference, 'scope' | 'id'> & {
  owner_id: string;
  ledger: CountsRow | null;
  rows: CountsRow;
};

/**
 * Compares the whole ledger with the rows it counts, users before projects. It is one statement, so one snapshot: what
 * moves meanwhile is no difference.
 */
export function proveLedger({ db }: Pick<Deps, 'db'>): Promise<LedgerDifference[]> {
  return findDifferences(db.manager);
}

export async function findDifferences(tx: EntityManager): Promise<LedgerDifference[]> {
  const found = await tx.query<DifferenceRow[]>(COMPARE);
  return found.map(({ scope, id, owner_id: ownerId, ledger, rows }) => ({
    scope,
    id,
    ownerId,
    ledger: ledger && toCounts(ledger),
    rows: toCounts(rows),
  }));
}

const toCounts = (row: CountsRow): LedgerCounts => ({
  usedBytes: row.used_bytes,
  reservedBytes: row.reserved_bytes,
  usedFiles: row.used_files,
  reservedFiles: row.reserved_files,
});
