import type { EntityManager } from 'typeorm';
import type { AuditFacts } from '../shared/audit-writer';
import type { Principal } from '../shared/principal';
import { INSERT_EVENTS, jsonOf, type NewEvent, toNewEvent } from './insert-events';

/** Written in the transaction of what they speak of, so that neither can exist without the other. */
export async function recordAuditEvents(
  tx: EntityManager,
  principal: Principal,
  facts: readonly AuditFacts[],
): Promise<void> {
  await insert(
    tx,
    facts.map((one) => toNewEvent(principal, one)),
  );
}

/** The same of one; resolves to its id. */
export async function recordAuditEvent(
  tx: EntityManager,
  principal: Principal,
  facts: AuditFacts,
): Promise<string> {
  const event = toNewEvent(principal, facts);
  await insert(tx, [event]);
  return event.id;
}

const insert = (tx: EntityManager, events: readonly NewEvent[]): Promise<unknown> =>
  tx.query(INSERT_EVENTS.text, [jsonOf(events)]);
