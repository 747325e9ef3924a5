import { insuredCounter, type InsuredCounter } from './insured-counter';
import { postgresCounter } from './postgres-counter';
import { redisCounter } from './redis-counter';

export interface CounterOptions {
  databaseUrl: string;
  /** Null: the database counts. */
  redisUrl: string | null;
  applicationName: string;
  onAway: (error: unknown) => void;
}

/** Opens the counter that is configured, insured; what does not answer yet is found out at the first call. */
export function openCounter({
  databaseUrl,
  redisUrl,
  applicationName,
  onAway,
}: CounterOptions): InsuredCounter {
  const store = redisUrl === null ? postgresCounter(databaseUrl, applicationName) : redisCounter(redisUrl);
  return insuredCounter(store, onAway);
}
