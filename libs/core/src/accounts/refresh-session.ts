import { inTransaction } from '@slipway/platform/db/database';
import type { EntityManager } from 'typeorm';
import { recordAuditEvent } from '../audit/record-audit-event';
import type { Deps } from '../shared/deps';
import { DomainError } from '../shared/errors';
import { type Origin, visitor } from '../shared/principal';
import { endSessions } from './end-sessions';
import { findSession } from './find-session';
import { expiryOf, type SignedIn } from './open-session';
import { ACTIVE_ACCOUNT } from './read-account';
import { hashOfToken, newSecretToken } from './secret-token';
import { User } from './user.entity';

const ROTATE = `
  with rotated as (
    update sessions set token_hash = $2, last_used_at = $3, expires_at = $4, ip = $5, user_agent = $6
      from users
     where token_hash = $1 and ended_at is null and expires_at > $3
       and users.id = sessions.user_id and ${ACTIVE_ACCOUNT}
    returning sessions.id, sessions.user_id
  ), spent as (
    insert into spent_refresh_tokens (token_hash, session_id, expires_at) select $1, id, $4 from rotated
  )
  select id, user_id as "userId" from rotated`;

const unauthenticated = (): DomainError => new DomainError('unauthenticated', 'Sign in again.');

const reused = (): DomainError =>
  new DomainError(
    'refresh_reused',
    'This sign-in was used from two places with one token, so it was ended. Sign in again.',
  );

/**
 * Buys the next refresh token with this one, which is spent then (RFC 9700 §4.14.2). Of calls at once with one token the
 * first wins; for every other it is a spent one, and whoever shows that has a copy: the whole session ends, with the
 * tokens that were bought since. Fails with `unauthenticated`, `refresh_reused`.
 */
export async function refreshSession(
  origin: Origin,
  refreshToken: string,
  deps: Pick<Deps, 'db' | 'clock' | 'settings'>,
): Promise<SignedIn> {
  // A refusal is returned, not thrown: what it ended must be committed.
  const outcome = await inTransaction(
    deps.db,
    async (tx) =>
      (await rotate(tx, { origin, refreshToken }, deps)) ?? refuse(tx, { origin, refreshToken }, deps),
  );
  if (outcome instanceof DomainError) throw outcome;
  return outcome;
}

async function rotate(
  tx: EntityManager,
  { origin, refreshToken }: { origin: Origin; refreshToken: string },
  deps: Pick<Deps, 'clock' | 'settings'>,
): Promise<SignedIn | null> {
  const next = newSecretToken();
  const at = deps.clock.now();
  const [session] = await tx.query<{ id: string; userId: string }[]>(ROTATE, [
    hashOfToken(refreshToken),
    next.hash,
    at,
    expiryOf(at, deps),
    origin.ip,
    origin.userAgent,
  ]);
  if (!session) return null;
  const user = await tx.findOneByOrFail(User, { id: session.userId });
  return { user, session: { id: session.id, refreshToken: next.text } };
}

async function refuse(
  tx: EntityManager,
  { origin, refreshToken }: { origin: Origin; refreshToken: string },
  { clock }: Pick<Deps, 'clock'>,
): Promise<DomainError> {
  const session = await findSession(tx, refreshToken);
  if (session === null) return unauthenticated();
  if (session.endedBecause === 'reuse') return reused();
  if (session.endedBecause !== null || !session.isSpent) return unauthenticated();
  await endReusedSession(tx, { origin, session }, clock.now());
  return reused();
}

/** A spent token was shown. Of calls at once, one puts it on record. */
export async function endReusedSession(
  tx: EntityManager,
  { origin, session }: { origin: Origin; session: { id: string; userId: string } },
  at: Date,
): Promise<void> {
  const { id: sessionId, userId } = session;
  const ended = await endSessions(tx, { userId, sessionId, because: 'reuse', at });
  if (ended === 0) return;
  await recordAuditEvent(tx, visitor(origin), {
    action: 'refresh_reused',
    at,
    result: 'refused',
    reason: 'refresh_reused',
    details: { user_id: userId, session_id: sessionId },
  });
}
