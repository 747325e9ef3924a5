import type { EntityManager } from 'typeorm';
import type { SessionEnd } from './session.entity';

export interface EndedSessions {
  userId: string;
  /** Null: all of them. */
  sessionId: string | null;
  because: SessionEnd;
  at: Date;
}

const END = `
  update sessions set ended_at = $3, ended_because = $4
   where user_id = $1 and ($2::text is null or id = $2) and ended_at is null`;

/** Ends sessions, and with each its access tokens, which name it. Gives how many were alive. */
export async function endSessions(
  tx: EntityManager,
  { userId, sessionId, because, at }: EndedSessions,
): Promise<number> {
  const [, ended] = await tx.query<[unknown[], number]>(END, [userId, sessionId, at, because]);
  return ended;
}

const TAKE_BACK = 'update users set tokens_valid_from = $2 where id = $1';

/** Ends everything that somebody is signed in by: sessions, and tokens of an outside issuer that are out by now. */
export async function signOutEverywhere(
  tx: EntityManager,
  ended: Omit<EndedSessions, 'sessionId'>,
): Promise<number> {
  await tx.query(TAKE_BACK, [ended.userId, ended.at]);
  return endSessions(tx, { ...ended, sessionId: null });
}
