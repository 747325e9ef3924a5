import type { EntityManager } from 'typeorm';
import type { Deps } from '../shared/deps';
import { newId } from '../shared/ids';
import type { Origin } from '../shared/principal';
import { newSecretToken } from './secret-token';
import { Session } from './session.entity';
import type { User } from './user.entity';

/** What a device is given when it is signed in. */
export interface OpenedSession {
  id: string;
  /** Good once: it buys the next one. */
  refreshToken: string;
}

export interface SignedIn {
  user: User;
  session: OpenedSession;
}

export const expiryOf = (at: Date, { settings }: Pick<Deps, 'settings'>): Date =>
  new Date(at.getTime() + settings.accounts.sessionMs);

/** A new device of somebody who has just proven to be them. */
export async function openSession(
  tx: EntityManager,
  { userId, origin, at }: { userId: string; origin: Origin; at: Date },
  deps: Pick<Deps, 'settings'>,
): Promise<OpenedSession> {
  const id = newId('SES');
  const token = newSecretToken();
  await tx.insert(Session, {
    id,
    userId,
    tokenHash: token.hash,
    ip: origin.ip,
    userAgent: origin.userAgent,
    createdAt: at,
    lastUsedAt: at,
    expiresAt: expiryOf(at, deps),
    endedAt: null,
    endedBecause: null,
  });
  return { id, refreshToken: token.text };
}
