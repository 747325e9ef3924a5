import type { ProvenEvent } from '../audit/event-proof';
import { proveEvent } from '../audit/prove-event';
import type { Deps } from '../shared/deps';
import { DomainError } from '../shared/errors';
import type { Principal } from '../shared/principal';
import { isAdmin, noSuchEvent, openScope } from './scope';

/** For those who may read the trail of the event's project, and for administrators. Else fails with `not_found`. */
export async function proveForCaller(
  principal: Principal,
  eventId: string,
  deps: Pick<Deps, 'db'>,
): Promise<ProvenEvent> {
  const proven = await proveEvent(deps.db, eventId);
  if (!proven) throw noSuchEvent();
  if (isAdmin(principal)) return proven;
  const { projectId } = proven.event;
  if (projectId === null) throw noSuchEvent();
  await openScope(principal, { projectId }, deps).catch((error: unknown) => {
    throw error instanceof DomainError && error.code === 'not_found' ? noSuchEvent() : error;
  });
  return proven;
}
