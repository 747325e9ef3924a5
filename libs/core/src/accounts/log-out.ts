import { inTransaction } from '@slipway/platform/db/database';
import type { EntityManager } from 'typeorm';
import { recordAuditEvent } from '../audit/record-audit-event';
import type { Deps } from '../shared/deps';
import { type Origin, userPrincipal } from '../shared/principal';
import { accountOfUser } from './account-of-user';
import { endSessions, signOutEverywhere } from './end-sessions';
import { findSession, type ShownSession } from './find-session';
import { endReusedSession } from './refresh-session';
import { User } from './user.entity';

export interface LogOutInput {
  /** Null where the device has none any more. */
  refreshToken: string | null;
  /** On every device; not only on this one. */
  everywhere: boolean;
}

/** Ends the session of a refresh token. Never fails for want of one: whoever has none is signed out. */
export async function logOut(
  origin: Origin,
  { refreshToken, everywhere }: LogOutInput,
  deps: Pick<Deps, 'db' | 'clock' | 'settings'>,
): Promise<void> {
  if (refreshToken === null) return;
  await inTransaction(deps.db, async (tx) => {
    const session = await findSession(tx, refreshToken);
    if (session === null || session.endedBecause !== null) return;
    // A copy, which may end what it is of and nothing else.
    if (session.isSpent) await endReusedSession(tx, { origin, session }, deps.clock.now());
    else await end(tx, { origin, session, everywhere }, deps);
  });
}

async function end(
  tx: EntityManager,
  { origin, session, everywhere }: { origin: Origin; session: ShownSession; everywhere: boolean },
  deps: Pick<Deps, 'clock' | 'settings'>,
): Promise<void> {
  const { id: sessionId, userId } = session;
  const at = deps.clock.now();
  const because = 'logout';
  const ended = everywhere
    ? await signOutEverywhere(tx, { userId, because, at })
    : await endSessions(tx, { userId, sessionId, because, at });
  if (ended === 0) return;
  const user = await tx.findOneByOrFail(User, { id: userId });
  await recordAuditEvent(tx, userPrincipal(accountOfUser(user, deps), origin), {
    action: 'logged_out',
    at,
    details: { session_id: sessionId, sessions: ended },
  });
}
