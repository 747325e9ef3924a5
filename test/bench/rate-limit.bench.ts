import { memoryCounter } from '@slipway/platform/limits/memory-counter';
import { postgresCounter } from '@slipway/platform/limits/postgres-counter';
import type { RateCounter } from '@slipway/platform/limits/rate-counter';
import { redisCounter } from '@slipway/platform/limits/redis-counter';
import { missingRedis, startRedis } from '../support/redis';
import { below, type BenchRow } from './bench-row';
import type { BenchStage } from './bench-stage';
import { measureInTurns, type Work } from './rounds';

const ROUNDS = 5;
const CALLERS = 50;
const TARGET_MS = 0.2;

/** Of this process, in which the counters are, as they are in the API's. */
function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

const counting = (name: string, counter: RateCounter): Work => ({
  name,
  calls: 5_000,
  call: (index) => counter.take({ key: `user:${index % CALLERS}`, calls: 1_000_000 }),
});

async function openCounters(
  stage: BenchStage,
): Promise<{ counters: Map<string, RateCounter>; close: () => Promise<void> }> {
  const redis = missingRedis() === null ? await startRedis() : null;
  const counters = new Map([
    ['memory', memoryCounter()],
    ['PostgreSQL', postgresCounter(stage.databaseUrl, 'bench')],
  ]);
  if (redis) counters.set('Redis', redisCounter(redis.url));
  return {
    counters,
    async close() {
      for (const counter of counters.values()) await counter.close();
      await redis?.stop();
    },
  };
}

/** What the rate limit takes of the API for each call, by where it counts. */
export async function benchRateLimit(stage: BenchStage): Promise<BenchRow[]> {
  const { counters, close } = await openCounters(stage);
  const names = [...counters.keys()];
  const works = [...counters].map(([name, counter]) => counting(name, counter));
  const figures = await measureInTurns(works, cpuSeconds, ROUNDS);
  await close();
  const inMemory = figures[0]?.cpuMs ?? 0;
  return figures.slice(1).map(({ cpuMs }, index) => ({
    name: `counting a call in ${names[index + 1]}, against in memory`,
    value: cpuMs,
    unit: 'ms of CPU',
    baseline: inMemory.toFixed(4),
    ratio: cpuMs / inMemory,
    target: below(cpuMs, TARGET_MS, ' ms'),
  }));
}
