import { User } from '@slipway/core/accounts/user.entity';
import { accountOf, type Principal } from '@slipway/core/shared/principal';
import type { CoreWorld } from './core-world';

/** A new account that is an administrator's. */
export async function newAdmin(world: CoreWorld): Promise<Principal> {
  const user = await world.newUser();
  await world.deps.db.manager.update(User, accountOf(user), { role: 'admin' });
  return { ...user, account: user.account && { ...user.account, role: 'admin' } };
}

export interface AdminEvent {
  action: string;
  actor_kind: string;
  actor_id: string;
  details: Record<string, unknown>;
}

/** What is on record about an account, oldest first. */
export function eventsAbout({ deps }: CoreWorld, userId: string): Promise<AdminEvent[]> {
  return deps.db.query<AdminEvent[]>(
    `select action, actor_kind, actor_id, details from audit_events where details->>'user_id' = $1 order by seq`,
    [userId],
  );
}
