import type { EntityManager } from 'typeorm';
import { hashOfToken } from './secret-token';
import type { SessionEnd } from './session.entity';

export interface ShownSession {
  id: string;
  userId: string;
  endedBecause: SessionEnd | null;
  /** The token was good once, and has bought another since: whoever shows it has a copy. */
  isSpent: boolean;
}

const FIND = `
  select id, user_id as "userId", ended_because as "endedBecause", token_hash <> $1 as "isSpent"
    from sessions
   where token_hash = $1
      or id = (select session_id from spent_refresh_tokens where token_hash = $1)`;

/** The session that a refresh token is or was of; null for an invented or a forgotten one. */
export async function findSession(tx: EntityManager, refreshToken: string): Promise<ShownSession | null> {
  const [session] = await tx.query<ShownSession[]>(FIND, [hashOfToken(refreshToken)]);
  return session ?? null;
}
