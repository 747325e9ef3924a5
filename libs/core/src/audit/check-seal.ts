import { createHash } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { type AuditFault, AuditFaultFound } from './audit-fault';
import type { Peekable, SealedEvent } from './chain-rows';
import { leafOf } from './event-record';
import { HASH_LENGTH, merkleRoot } from './merkle-tree';
import { hashSeal, headOf, leavesOf, type SealRow } from './seal';

/** Where the chain stands before a seal. */
export interface ChainEnd {
  number: number;
  hash: Buffer;
  firstEventId: string | null;
}

const fail = (fault: AuditFault): never => {
  throw new AuditFaultFound(fault);
};

/** The seal by itself, and that it follows on the one before. Throws `AuditFaultFound`. */
export async function checkSeal(row: SealRow, before: ChainEnd, db: DataSource): Promise<void> {
  const seal = Number(row.number);
  const eventId = row.event_ids[0] ?? null;
  if (seal !== before.number + 1) return missingSeal(before.number + 1, db);
  const whole =
    row.leaves.length === row.event_ids.length * HASH_LENGTH &&
    merkleRoot(leavesOf(row)).equals(row.root) &&
    hashSeal(headOf(row)).equals(row.hash);
  if (!whole) fail({ kind: 'seal_changed', eventId, seal, told: `Seal ${seal} was changed.` });
  if (row.previous.equals(before.hash)) return;
  const told = `Seal ${before.number} is not the one that seal ${seal} was made after.`;
  fail({ kind: 'seal_changed', eventId: before.firstEventId, seal: before.number, told });
}

const FIRST_UNDER = 'select id from audit_events where seal = $1 order by seal_position limit 1';

export async function missingSeal(seal: number, db: DataSource): Promise<never> {
  const [first] = await db.query<{ id: string }[]>(FIRST_UNDER, [seal]);
  return fail({ kind: 'seal_missing', eventId: first?.id ?? null, seal, told: `Seal ${seal} is missing.` });
}

/** The events of one seal, each against its leaf. Throws `AuditFaultFound`. */
export async function checkEvents(
  row: SealRow,
  events: Peekable<SealedEvent>,
  db: DataSource,
): Promise<{ erased: number }> {
  const leaves = leavesOf(row);
  let erased = 0;
  for (const [position, id] of row.event_ids.entries()) {
    const event = await events.peek();
    if (!isAt(event, { row, position })) return notThere({ id, row, position, event }, db);
    if (!leafOf(event).equals(leaves[position] as Buffer)) {
      const told = `Event ${id} was changed.`;
      fail({ kind: 'event_changed', eventId: id, seal: Number(row.number), told });
    }
    if (checkPersonal(event)) erased += 1;
    await events.skip();
  }
  const next = await events.peek();
  if (next && Number(next.seal) <= Number(row.number)) added(next);
  return { erased };
}

interface Place {
  row: SealRow;
  position: number;
}

const isAt = (event: SealedEvent | null, { row, position }: Place): event is SealedEvent =>
  event !== null &&
  event.seal === row.number &&
  event.seal_position === position &&
  event.id === row.event_ids[position];

const isBefore = (event: SealedEvent, { row, position }: Place): boolean =>
  Number(event.seal) < Number(row.number) || (event.seal === row.number && event.seal_position < position);

const ELSEWHERE = 'select seal, seal_position from audit_events where id = $1';

/** Another event stands in the place of this one, or none. */
async function notThere(
  { id, row, position, event }: Place & { id: string; event: SealedEvent | null },
  db: DataSource,
): Promise<never> {
  const seal = Number(row.number);
  const inPlace = event?.seal === row.number && event.seal_position === position ? event : null;
  const [elsewhere] = await db.query<object[]>(ELSEWHERE, [id]);
  if (event && isBefore(event, { row, position })) added(event);
  if (inPlace && row.event_ids.includes(inPlace.id)) {
    const told = `Event ${inPlace.id} was moved to where ${id} was sealed, as number ${position + 1} of seal ${seal}.`;
    return fail({ kind: 'event_moved', eventId: inPlace.id, seal, told });
  }
  if (elsewhere) {
    const told = `Event ${id} was moved away from where it was sealed, as number ${position + 1} of seal ${seal}.`;
    return fail({ kind: 'event_moved', eventId: id, seal, told });
  }
  const now = inPlace ? `; ${inPlace.id} stands there now` : '';
  const told = `Event ${id}, number ${position + 1} of seal ${seal}, is missing${now}.`;
  return fail({ kind: 'event_missing', eventId: id, seal, told });
}

export function added({ id, seal }: Pick<SealedEvent, 'id' | 'seal'>): never {
  const told = `Event ${id} says that it is under seal ${seal}, which does not know it.`;
  return fail({ kind: 'event_added', eventId: id, seal: Number(seal), told });
}

/** Whether it was erased. */
function checkPersonal(event: SealedEvent): boolean {
  const { id, personal, salt } = event;
  const about = { eventId: id, seal: Number(event.seal) };
  if (personal === null && salt === null) {
    if (event.erasure_known) return true;
    const told = `The personal data of event ${id} is gone, and no event says why.`;
    return fail({ kind: 'personal_data_removed', ...about, told });
  }
  const digest = createHash('sha256')
    .update(salt ?? '')
    .update(personal ?? '')
    .digest('hex');
  if (digest === event.personal_digest) return false;
  const told = `The personal data of event ${id} was changed.`;
  return fail({ kind: 'personal_data_changed', ...about, told });
}
