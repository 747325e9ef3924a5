import type { Session, User } from '../client/wire.js';
import type { SlipwayError } from '../errors/slipway-error.js';

export interface SessionState {
  /** `unknown` until `start()` has asked the cookie. */
  readonly status: 'unknown' | 'signed-in' | 'signed-out';
  readonly user: User | null;
  /** The last session ended by itself, and not because somebody signed out. */
  readonly expired: boolean;
}

/** A session as the tabs of a browser hand it to each other; times are this device's, in milliseconds. */
export interface HeldSession {
  user: User;
  token: string;
  heldSince: number;
  /** From here on the token is worth renewing. */
  renewAt: number;
  expiresAt: number;
}

/** Told once when a session ends; null when somebody signed out. */
export type OnSessionEnd = (reason: SlipwayError | null) => void;

export const UNKNOWN: SessionState = Object.freeze({ status: 'unknown', user: null, expired: false });

/** A token is renewed while a fifth of its life is left, and at least this long before its end. */
const RENEW_SHARE = 0.8;
const RENEW_BEFORE_MS = 30_000;

export function hold({ user, access_token: token, expires_in: seconds }: Session, now: number): HeldSession {
  const lifeMs = seconds * 1000;
  const renewAt = now + Math.max(0, Math.min(lifeMs * RENEW_SHARE, lifeMs - RENEW_BEFORE_MS));
  return { user, token, heldSince: now, renewAt, expiresAt: now + lifeMs };
}
