import type { ObjectStore } from '@slipway/platform/object-store/object-store';
import type { DataSource } from 'typeorm';
import type { Deps } from '../shared/deps';
import { firstEventOf, listAnchors, type NamedAnchor } from './anchor-audit';
import { type AuditFault, AuditFaultFound } from './audit-fault';
import { eventsUpTo, Peekable, sealsUpTo } from './chain-rows';
import { added, type ChainEnd, checkEvents, checkSeal, missingSeal } from './check-seal';
import { NO_SEAL } from './seal';

export interface AuditVerdict {
  /** Null: all that is sealed is as it was sealed. */
  fault: AuditFault | null;
  /** How far the check came. */
  seals: number;
  events: number;
  /** Of them, those whose personal data was erased. */
  erased: number;
  anchors: number;
  /** Events that no seal covers yet, of which the check can say nothing. */
  unsealed: number;
  /** Null when there are none. */
  oldestUnsealedAt: Date | null;
}

export interface VerifyInput {
  /** Also compares the chain with what was written to the bucket. */
  anchors: boolean;
}

const LAST = 'select coalesce(max(number), 0)::int as last from audit_seals';
const UNSEALED = 'select count(*)::int as unsealed, min(at) as oldest from audit_events where seal is null';

/**
 * Goes through the whole chain and ends at the first thing that is not as it was sealed. Holds a few pages whatever the
 * length, and no transaction: what was sealed up to the start never changes but by erasure. Throws `StorageError` and
 * the database's errors.
 */
export async function verifyAudit(
  { anchors }: VerifyInput,
  { db, objects }: Pick<Deps, 'db' | 'objects'>,
): Promise<AuditVerdict> {
  const [newest] = await db.query<{ last: number }[]>(LAST);
  const last = newest?.last ?? 0;
  const [open] = await db.query<{ unsealed: number; oldest: Date | null }[]>(UNSEALED);
  const verdict: AuditVerdict = {
    fault: null,
    seals: 0,
    events: 0,
    erased: 0,
    anchors: 0,
    unsealed: open?.unsealed ?? 0,
    oldestUnsealedAt: open?.oldest ?? null,
  };
  const named = new Peekable(anchors ? listAnchors(objects) : none());
  try {
    const end = await walk({ last, anchors: named, verdict }, { db, objects });
    await checkBeyond(end, db);
    await checkTail(named, { end, verdict }, { db, objects });
  } catch (error) {
    if (!(error instanceof AuditFaultFound)) throw error;
    verdict.fault = error.fault;
  }
  return verdict;
}

async function* none(): AsyncGenerator<NamedAnchor> {}

interface Walk {
  last: number;
  anchors: Peekable<NamedAnchor>;
  verdict: AuditVerdict;
}

type Places = { db: DataSource; objects: ObjectStore };

async function walk({ last, anchors, verdict }: Walk, places: Places): Promise<ChainEnd> {
  const { db } = places;
  const events = new Peekable(eventsUpTo(db, last));
  let end: ChainEnd = { number: 0, hash: NO_SEAL, firstEventId: null };
  for await (const row of sealsUpTo(db, last)) {
    await checkSeal(row, end, db);
    const { erased } = await checkEvents(row, events, db);
    end = { number: Number(row.number), hash: row.hash, firstEventId: row.event_ids[0] ?? null };
    verdict.seals += 1;
    verdict.events += row.event_ids.length;
    verdict.erased += erased;
    verdict.anchors += await checkAnchors(anchors, end, places);
  }
  return end;
}

/** How many there are of this seal. */
async function checkAnchors(
  anchors: Peekable<NamedAnchor>,
  { number, hash }: ChainEnd,
  { objects }: Places,
): Promise<number> {
  let checked = 0;
  for (let anchor = await anchors.peek(); anchor && anchor.number <= number; anchor = await anchors.peek()) {
    if (anchor.hash !== hash.toString('hex')) await differs(anchor, objects);
    checked += 1;
    await anchors.skip();
  }
  return checked;
}

async function differs(anchor: NamedAnchor, objects: ObjectStore): Promise<never> {
  throw new AuditFaultFound({
    kind: 'anchor_differs',
    eventId: await firstEventOf(anchor, objects),
    seal: anchor.number,
    told: `Seal ${anchor.number} is not the one that was anchored as ${anchor.key}.`,
  });
}

const BEYOND = `
  select id, seal::text as seal from audit_events
   where seal is not null
     and (seal > $1 and not exists (select from audit_seals where number = seal) or seal < 1 or seal_position is null)
   order by audit_events.seal, seal_position limit 1`;

/** Events that are under no seal of the chain. */
async function checkBeyond({ number }: ChainEnd, db: DataSource): Promise<void> {
  const [event] = await db.query<{ id: string; seal: string }[]>(BEYOND, [number]);
  if (!event) return;
  if (Number(event.seal) > number) await missingSeal(Number(event.seal), db);
  added(event);
}

const SEALED_SINCE = `select from audit_seals where number = $1 and encode(hash, 'hex') = $2`;

/** Anchors of seals that were made since the check began are none of its business; of any other, the tail is gone. */
async function checkTail(
  anchors: Peekable<NamedAnchor>,
  { end, verdict }: { end: ChainEnd; verdict: AuditVerdict },
  { db, objects }: Places,
): Promise<void> {
  for (let anchor = await anchors.peek(); anchor; anchor = await anchors.peek()) {
    const since = await db.query<object[]>(SEALED_SINCE, [anchor.number, anchor.hash]);
    if (since.length === 0) {
      const told = `The chain ends with seal ${end.number}, but ${anchor.key} was written of a later one: its end was cut off.`;
      const eventId = await firstEventOf(anchor, objects);
      throw new AuditFaultFound({ kind: 'tail_cut', eventId, seal: anchor.number, told });
    }
    verdict.anchors += 1;
    await anchors.skip();
  }
}
