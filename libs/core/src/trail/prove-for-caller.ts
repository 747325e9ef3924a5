import type { ProvenEvent } from '../audit/event-proof';
import { proveEvent } from '../audit/prove-event';
import type { Deps } from '../shared/deps';
import type { Principal } from '../shared/principal';
import { isAdmin, noSuchEvent, requireTrailOf } from './scope';

const PROJECT_OF = 'select project_id from audit_events where id = $1';

/** For those who may read the trail of the event's project, and for administrators. Else fails with `not_found`. */
export async function proveForCaller(
  principal: Principal,
  eventId: string,
  deps: Pick<Deps, 'db'>,
): Promise<ProvenEvent> {
  if (!isAdmin(principal)) {
    const [event] = await deps.db.query<{ project_id: string | null }[]>(PROJECT_OF, [eventId]);
    await requireTrailOf(event?.project_id ?? null, { principal, hidden: noSuchEvent }, deps);
  }
  const proven = await proveEvent(deps.db, eventId);
  if (!proven) throw noSuchEvent();
  return proven;
}
