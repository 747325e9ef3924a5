import { inTransaction } from '@slipway/platform/db/database';
import type { EntityManager } from 'typeorm';
import type { Deps } from '../shared/deps';
import { type EventRecord, leafOf, RECORD_COLUMNS } from './event-record';
import { merkleRoot } from './merkle-tree';
import { digestOfIds, hashSeal, NO_SEAL } from './seal';

export interface SealResult {
  events: number;
  seals: number;
}

/** Events under one seal at most: what a proof, a check and a seal's row have to carry. */
export const SEAL_SIZE = 1_000;

/** Any number, as long as every process of every version takes the same one. */
const LOCK = 5_518_270_941;

const TAKE = 'select pg_try_advisory_xact_lock($1) as taken';
const LAST = 'select number::text as number, hash from audit_seals order by audit_seals.number desc limit 1';
const UNSEALED = `select ${RECORD_COLUMNS} from audit_events as event where event.seal is null order by event.seq limit $1`;
const SEAL = 'select audit_seal($1, $2, $3, $4, $5, $6, $7)';

/**
 * Gives every event that is committed by now its place in the chain, in batches. What commits later, with an earlier
 * number, goes under the next seal: an event is taken because it has no seal, never because of where it stands. Leaves
 * the rest to the other process where two are at it; the signal ends it between two batches.
 */
export async function sealAudit(
  { signal }: { signal?: AbortSignal },
  deps: Pick<Deps, 'db' | 'clock'>,
): Promise<SealResult> {
  const done: SealResult = { events: 0, seals: 0 };
  for (;;) {
    const sealed = await inTransaction(deps.db, (tx) => sealBatch(tx, deps.clock.now()));
    if (sealed === 0) return done;
    done.events += sealed;
    done.seals += 1;
    if (signal?.aborted) return done;
  }
}

/** How many events there were to seal; 0 also where another process is at it. */
async function sealBatch(tx: EntityManager, now: Date): Promise<number> {
  const [lock] = await tx.query<{ taken: boolean }[]>(TAKE, [LOCK]);
  if (lock?.taken !== true) return 0;
  const events = await tx.query<EventRecord[]>(UNSEALED, [SEAL_SIZE]);
  if (events.length === 0) return 0;
  const [last] = await tx.query<{ number: string; hash: Buffer }[]>(LAST);
  const leaves = events.map(leafOf);
  const ids = events.map(({ id }) => id);
  const head = {
    number: Number(last?.number ?? 0) + 1,
    previous: last?.hash ?? NO_SEAL,
    root: merkleRoot(leaves),
    count: ids.length,
    idsDigest: digestOfIds(ids),
    sealedAt: String(now.getTime()),
  };
  const { number, previous, root } = head;
  await tx.query(SEAL, [number, previous, root, ids, Buffer.concat(leaves), now, hashSeal(head)]);
  return events.length;
}
