import { listMembers } from '@slipway/core/members/list-members';
import type { Principal } from '@slipway/core/shared/principal';
import type { CoreWorld } from './core-world';

/** Each member's role, by account, as the members see it; `*` for whoever pays. */
export async function rolesOf(
  { deps }: CoreWorld,
  principal: Principal,
  projectId: string,
): Promise<Record<string, string>> {
  const { rows } = await listMembers(principal, { projectId, limit: 100 }, deps);
  return Object.fromEntries(rows.map(({ userId, role, isPayer }) => [userId, isPayer ? `${role}*` : role]));
}

export interface RecordedEvent {
  action: string;
  actor_id: string;
  details: Record<string, unknown>;
  personal: Record<string, unknown>;
}

/** What is on record of a project since it was made, oldest first, without where it came from. */
export function eventsOf({ deps }: CoreWorld, projectId: string): Promise<RecordedEvent[]> {
  return deps.db.query<RecordedEvent[]>(
    `select action, actor_id, details, personal::jsonb - 'ip' - 'user_agent' as personal from audit_events
      where project_id = $1 and action <> 'project_created' order by seq`,
    [projectId],
  );
}

/** The same caller, with an address that nobody has proven. */
export const untrusted = (principal: Principal): Principal =>
  principal.account === null
    ? principal
    : { ...principal, account: { ...principal.account, emailTrusted: false } };

export const emailOf = ({ account }: Principal): string => account?.email ?? '';
