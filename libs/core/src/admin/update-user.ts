import { inTransaction } from '@slipway/platform/db/database';
import type { EntityManager } from 'typeorm';
import { signOutEverywhere } from '../accounts/end-sessions';
import { User } from '../accounts/user.entity';
import { recordAuditEvents } from '../audit/record-audit-event';
import type { AuditFacts } from '../shared/audit-writer';
import type { Deps } from '../shared/deps';
import { DomainError } from '../shared/errors';
import type { Principal } from '../shared/principal';
import { assertOthersRemain } from './administrators';
import { noSuchAccount, readUser } from './read-user';
import type { ManagedUser } from './user-row';

/** What is left out stays as it is. */
export interface UserChange {
  tier?: string;
  suspended?: boolean;
  role?: 'user' | 'admin';
  /** Null: the tier's. Bytes. */
  maxBytes?: number | null;
}

/**
 * In force at the user's next call. A suspension ends every session; API keys rest and their projects stay. Fails with
 * `not_found`, with `invalid_request` for a tier that is none, with `forbidden` for an administrator's own suspension or
 * demotion, and with `last_owner` for the last one's.
 */
export function updateUser(
  principal: Principal,
  { userId, change }: { userId: string; change: UserChange },
  deps: Pick<Deps, 'db' | 'clock'>,
): Promise<ManagedUser> {
  return inTransaction(deps.db, async (tx) => {
    if (change.suspended === true || change.role === 'user') await assertOthersRemain(tx, principal, userId);
    const user = await lockUser(tx, userId);
    if (change.tier !== undefined) await holdTier(tx, change.tier);
    const at = deps.clock.now();
    const facts = factsOf(user, change, at);
    if (facts.length > 0) {
      await tx.update(User, userId, columnsOf(user, change, at));
      if (change.suspended === true) await signOutEverywhere(tx, { userId, because: 'suspended', at });
      await recordAuditEvents(tx, principal, facts);
    }
    return readUser(tx, userId);
  });
}

async function lockUser(tx: EntityManager, userId: string): Promise<User> {
  const user = await tx
    .createQueryBuilder(User, 'u')
    .setLock('for_no_key_update')
    .where('u.id = :userId and u.erasedAt is null', { userId })
    .getOne();
  if (!user) throw noSuchAccount();
  return user;
}

/** So that it is not deleted before it is assigned. */
async function holdTier(tx: EntityManager, name: string): Promise<void> {
  const tiers = await tx.query<unknown[]>('select from tiers where name = $1 for key share', [name]);
  if (tiers.length > 0) return;
  throw new DomainError('invalid_request', 'There is no such tier.', {
    errors: [{ field: 'tier', message: 'must be a tier that there is' }],
  });
}

const suspendedAtAfter = (user: User, { suspended }: UserChange, at: Date): Date | null => {
  if (suspended === undefined) return user.suspendedAt;
  return suspended ? (user.suspendedAt ?? at) : null;
};

const columnsOf = (user: User, change: UserChange, at: Date) => ({
  tier: change.tier ?? user.tier,
  role: change.role ?? user.role,
  maxBytes: change.maxBytes === undefined ? user.maxBytes : change.maxBytes,
  suspendedAt: suspendedAtAfter(user, change, at),
});

/** What changes, an event each. */
function factsOf(user: User, change: UserChange, at: Date): AuditFacts[] {
  const next = columnsOf(user, change, at);
  const about = { user_id: user.id };
  const facts: AuditFacts[] = [];
  if ((next.suspendedAt === null) !== (user.suspendedAt === null)) {
    const action = next.suspendedAt === null ? 'user_unsuspended' : 'user_suspended';
    facts.push({ action, at, details: about });
  }
  if (next.role !== user.role) {
    const details = { ...about, role: next.role, from_role: user.role };
    facts.push({ action: 'user_role_changed', at, details });
  }
  if (next.tier !== user.tier || next.maxBytes !== user.maxBytes) {
    const details = { ...about, tier: next.tier, from_tier: user.tier, max_bytes: next.maxBytes };
    facts.push({ action: 'tier_assigned', at, details });
  }
  return facts;
}
