import { runPrepared } from '@slipway/platform/db/prepared';
import { decideAccess } from '../access/decide-access';
import { callerOf, FACT_COLUMNS, FACT_JOINS, type FactRow, toFoundAsset } from '../assets/find-asset';
import type { VisibleAsset } from '../assets/require-asset';
import type { Deps } from '../shared/deps';
import { decodeCursor, type Page, type PageRequest, toPage } from '../shared/page';
import type { Principal } from '../shared/principal';

export interface SharedAsset extends VisibleAsset {
  sharedAt: Date;
  /** Null: until it is revoked. */
  sharedUntil: Date | null;
}

interface SharedRow extends FactRow {
  share_id: string;
  shared_at: Date;
  shared_until: Date | null;
}

// The index shares_email has them in this order, so that every page costs the same. What a decision then leaves out is
// left out of the page: to go on until it is full would cost as much as somebody has shares that ended.
const FIND = {
  name: 'assets-shared-to-caller',
  text: `
    select given.id as share_id, given.created_at as shared_at, given.expires_at as shared_until, ${FACT_COLUMNS}
      from shares as given
      join assets on assets.id = given.asset_id ${FACT_JOINS}
     where given.email = $3 and given.email is not null and given.revoked_at is null
       and (given.created_at, given.id) < ($4::timestamptz, $5::text)
     order by given.created_at desc, given.id desc
     limit $1`,
};

/** Before every share. */
const FROM_THE_START = { createdAt: 'infinity', id: '' };

/**
 * What is shared with the caller by address and may be seen now, the latest share first. A page may have fewer than
 * `limit`, also none, where shares have ended; the last one has no cursor.
 */
export async function listSharedWithMe(
  principal: Principal,
  { limit, cursor }: PageRequest,
  deps: Pick<Deps, 'db' | 'clock'>,
): Promise<Page<SharedAsset>> {
  const after = cursor === undefined ? FROM_THE_START : decodeCursor(cursor);
  const values = [limit + 1, ...callerOf(principal), after.createdAt, after.id];
  const found = await runPrepared<SharedRow>(deps.db, FIND, values);
  const page = toPage(
    found.map((row) => ({ row, id: row.share_id, createdAt: row.shared_at })),
    limit,
  );
  const now = deps.clock.now();
  const rows = page.rows.flatMap(({ row }) => toShared(principal, row, { now, deps }));
  return { rows, nextCursor: page.nextCursor };
}

function toShared(
  principal: Principal,
  row: SharedRow,
  { now, deps }: { now: Date; deps: Pick<Deps, 'db'> },
): SharedAsset[] {
  const { asset, facts } = toFoundAsset(row, deps);
  const decision = decideAccess(principal, facts, now);
  // A member goes on seeing the asset, but not among what is shared.
  const hasEnded = row.shared_until !== null && row.shared_until <= now;
  if (!decision.allowed || hasEnded) return [];
  return [{ asset, decision, sharedAt: row.shared_at, sharedUntil: row.shared_until }];
}
