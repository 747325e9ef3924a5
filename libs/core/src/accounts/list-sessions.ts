import { IsNull, MoreThan } from 'typeorm';
import type { Deps } from '../shared/deps';
import { accountOf, type Principal } from '../shared/principal';
import { Session } from './session.entity';

/** The devices on which the caller is signed in, the last used first. */
export function listSessions(
  principal: Principal,
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
): Promise<Session[]> {
  return db.manager.find(Session, {
    where: { userId: accountOf(principal), endedAt: IsNull(), expiresAt: MoreThan(clock.now()) },
    order: { lastUsedAt: 'DESC', id: 'DESC' },
  });
}
