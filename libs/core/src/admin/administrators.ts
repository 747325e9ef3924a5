import type { EntityManager } from 'typeorm';
import { DomainError } from '../shared/errors';
import type { Principal } from '../shared/principal';

// All of them are held, so that two who take each other's place at once are put in order.
const HOLD = `
  select id from users where role = 'admin' and suspended_at is null and erased_at is null
   order by id for no key update`;

/**
 * Before `userId` is suspended or demoted: that whoever asks is somebody else, and an administrator still; and that one
 * remains who can sign in. Fails with `forbidden` and `last_owner`.
 */
export async function assertOthersRemain(
  tx: EntityManager,
  principal: Principal,
  userId: string,
): Promise<void> {
  const held = await tx.query<{ id: string }[]>(HOLD);
  const others = held.map(({ id }) => id).filter((id) => id !== userId);
  const caller = principal.account?.id;
  if (caller === userId) throw forbidden('No administrator suspends or demotes themself.');
  if (caller !== undefined && !others.includes(caller)) throw forbidden('You are no administrator any more.');
  if (others.length > 0) return;
  throw new DomainError('last_owner', 'This is the last administrator: make another one first.');
}

const forbidden = (message: string) => new DomainError('forbidden', message);
