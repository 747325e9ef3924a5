import { RateLimiterMemory } from 'rate-limiter-flexible';
import { type RateCounter, WINDOW_SECONDS } from './rate-counter';
import { takeFrom } from './take-from';

/** Counts in this process alone. */
export const memoryCounter = (): RateCounter => ({
  take: takeFrom((points) => new RateLimiterMemory({ points, duration: WINDOW_SECONDS })),
  close: async () => undefined,
});
