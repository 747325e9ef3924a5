import type { EntityManager } from 'typeorm';
import type { Principal } from '../shared/principal';
import { recordAuditEvent } from './record-audit-event';

// Also what others did that names the person, by account in the details or by address in the personal data, and what the
// system did with uploads of theirs, which have names of files.
const ABOUT = `
  select id from audit_events
   where personal is not null and (
         actor_id = $1
      or actor_id in (select id from api_keys where user_id = $1)
      or details ->> 'user_id' = $1
      or (actor_kind = 'system' and asset_id in (select asset_id from uploads where created_by = $1))
      or lower(personal ->> 'email') = (select lower(email) from users where id = $1))
   order by seq limit $2`;

const ERASE = 'select audit_erase($1, $2) as erased';

const BATCH = 5_000;

/**
 * Takes what names and traces a person out of the audit trail: of the events of the account, of its API keys, and of
 * those that name it. Ids, times and acts stay, and so does the chain, which only ever held a digest. Call it before
 * the account's keys and address are gone. Resolves to the number of events; that it was done is an event as well.
 */
export async function erasePersonalData(
  tx: EntityManager,
  principal: Principal,
  { userId, at }: { userId: string; at: Date },
): Promise<number> {
  const eventId = await recordAuditEvent(tx, principal, {
    action: 'personal_data_erased',
    at,
    details: { user_id: userId },
  });
  for (let erased = 0; ;) {
    const found = await tx.query<{ id: string }[]>(ABOUT, [userId, BATCH]);
    if (found.length === 0) return erased;
    const ids = found.map(({ id }) => id);
    const [row] = await tx.query<{ erased: number }[]>(ERASE, [ids, eventId]);
    erased += row?.erased ?? 0;
  }
}
