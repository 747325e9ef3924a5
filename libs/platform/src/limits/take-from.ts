import { type RateLimiterAbstract, RateLimiterRes } from 'rate-limiter-flexible';
import type { Budget, Spending } from './rate-counter';

const toSpending = ({ remainingPoints, msBeforeNext }: RateLimiterRes, isRefused: boolean): Spending => ({
  isRefused,
  remaining: remainingPoints,
  resetMs: msBeforeNext,
});

/**
 * How a store counts. The package has one limit in each limiter; there are as many as there are limits, which tiers and
 * configuration set, and none that a caller could add. They share their counts by the key.
 */
export function takeFrom(makeLimiter: (calls: number) => RateLimiterAbstract) {
  const limiters = new Map<number, RateLimiterAbstract>();
  const limiterOf = (calls: number): RateLimiterAbstract => {
    const known = limiters.get(calls) ?? makeLimiter(calls);
    limiters.set(calls, known);
    return known;
  };
  return async ({ key, calls }: Budget): Promise<Spending> => {
    try {
      return toSpending(await limiterOf(calls).consume(key), false);
    } catch (thrown) {
      // The package rejects a call too many with its count.
      if (thrown instanceof RateLimiterRes) return toSpending(thrown, true);
      throw thrown;
    }
  };
}
