import type { Deps } from '../shared/deps';
import { DomainError } from '../shared/errors';
import type { Principal } from '../shared/principal';

/** How long a signed URL of an asset works. Seconds. */
export interface UrlLife {
  /** From the moment it is given out, at least. */
  promised: number;
  /** How long the same object gets the identical URL, so that browsers and CDNs find it in their cache; lived on top, 0 for none. */
  window: number;
}

const WINDOW = 900;

/** Of a short life a quarter is shared: caches still find the URL again, and those who ask have most of it before them. */
const shortWindow = (limit: number): number => Math.min(WINDOW, Math.floor(limit / 4));

const limitOf = ({ account }: Principal): number | null => account?.maxAccessUrlSeconds ?? null;

/** The configured life, or as much as the tier of whoever asks allows, window included. */
export function usualLife(principal: Principal, { settings }: Pick<Deps, 'settings'>): UrlLife {
  const limit = limitOf(principal);
  if (limit === null || limit >= settings.accessUrlLife + WINDOW) {
    return { promised: settings.accessUrlLife, window: WINDOW };
  }
  const window = shortWindow(limit);
  return { promised: Math.min(settings.accessUrlLife, limit - window), window };
}

/** Exactly the life asked for; the window takes what the tier leaves. Fails with `invalid_request` where it leaves less. */
export function requestedLife(principal: Principal, seconds: number): UrlLife {
  const limit = limitOf(principal);
  if (limit === null) return { promised: seconds, window: WINDOW };
  if (seconds <= limit) {
    return { promised: seconds, window: Math.min(WINDOW, limit - seconds) };
  }
  throw new DomainError('invalid_request', 'A URL cannot live that long.', {
    errors: [{ field: 'expires_in', message: `must be at most ${limit}, the limit of your tier` }],
  });
}
