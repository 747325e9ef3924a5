import type { Principal } from '@slipway/core/shared/principal';
import type { InsuredBudget } from '@slipway/platform/limits/insured-counter';
import { addressBlock } from '../address-block';

/**
 * What a route is counted as. `standard`: everything that says nothing. `uploads`: one file takes two calls or more, so
 * these have a larger budget of their own. `guessing`: where a password or an email could be guessed. `unlimited`: for
 * callers that hold a secret of ours.
 */
export type RateClass = 'standard' | 'uploads' | 'guessing' | 'unlimited';

export interface RatedCall {
  rateClass: RateClass;
  principal: Principal | null;
  ip: string;
}

const UPLOADS_FACTOR = 6;
const GUESSING_DIVISOR = 10;

/** Each key of an account has a budget of its own, so that a server's load does not lock its owner out. */
const callerOf = (principal: Principal, accountId: string): string =>
  principal.kind === 'api_key' ? `key:${principal.id}` : `user:${accountId}`;

/**
 * What a call is counted against; null: nothing. An account has its tier's rate, and one budget wherever it calls from;
 * everyone else shares that of their address block.
 */
export function budgetOf({ rateClass, principal, ip }: RatedCall, perMinute: number): InsuredBudget | null {
  if (rateClass === 'unlimited') return null;
  const address = `address:${addressBlock(ip)}`;
  if (rateClass === 'guessing') {
    // Whoever has made the counts fail must not guess for nothing.
    return { key: `guess:${address}`, calls: Math.ceil(perMinute / GUESSING_DIVISOR), isInsured: false };
  }
  const account = principal?.account ?? null;
  if (principal === null || account === null) return { key: address, calls: perMinute, isInsured: true };
  const calls = account.requestsPerMinute ?? perMinute;
  const caller = callerOf(principal, account.id);
  return rateClass === 'uploads'
    ? { key: `uploads:${caller}`, calls: calls * UPLOADS_FACTOR, isInsured: true }
    : { key: caller, calls, isInsured: true };
}
