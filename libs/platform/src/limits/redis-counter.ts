import { RateLimiterRedis } from 'rate-limiter-flexible';
import { createClient } from 'redis';
import { type RateCounter, WINDOW_SECONDS } from './rate-counter';
import { takeFrom } from './take-from';

const PATIENCE_MS = 3_000;
const RECONNECT_MS = 1_000;

/**
 * Counts in Redis, in one script a call, exactly across processes. Connects in the background and again whenever the
 * connection is lost: meanwhile a call's count fails at once.
 */
export function redisCounter(url: string): RateCounter {
  const client = createClient({
    url,
    disableOfflineQueue: true,
    commandOptions: { timeout: PATIENCE_MS },
    socket: { connectTimeout: PATIENCE_MS, reconnectStrategy: () => RECONNECT_MS },
  });
  // Told to those whose calls cannot be counted.
  client.on('error', () => undefined);
  const connecting = client.connect().catch(() => undefined);
  const limiterOf = (points: number): RateLimiterRedis =>
    new RateLimiterRedis({
      storeClient: client,
      useRedisPackage: true,
      rejectIfRedisNotReady: true,
      keyPrefix: 'slipway:rate:',
      points,
      duration: WINDOW_SECONDS,
      inMemoryBlockOnConsumed: points,
    });
  return {
    take: takeFrom(limiterOf),
    async close() {
      client.destroy();
      await connecting;
    },
  };
}
