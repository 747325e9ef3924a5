import { inTransaction } from '@slipway/platform/db/database';
import { recordAuditEvent } from '../audit/record-audit-event';
import type { Deps } from '../shared/deps';
import { DomainError } from '../shared/errors';
import { accountOf, type Principal } from '../shared/principal';
import { endSessions } from './end-sessions';

/** Signs one of the caller's devices out. Fails with `not_found`. */
export async function endSession(
  principal: Principal,
  sessionId: string,
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
): Promise<void> {
  const userId = accountOf(principal);
  const at = clock.now();
  await inTransaction(db, async (tx) => {
    const ended = await endSessions(tx, { userId, sessionId, because: 'logout', at });
    if (ended === 0) throw new DomainError('not_found', 'There is no such sign-in.');
    await recordAuditEvent(tx, principal, {
      action: 'session_ended',
      at,
      details: { session_id: sessionId },
    });
  });
}
