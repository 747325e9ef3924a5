import { parseCronItems, type ParsedCronItem } from 'graphile-worker';
import type { JobName, JobRegistry } from './job-registry';

/** Jobs that need to be told nothing. */
type PlainJobName = {
  [Name in JobName]: JobRegistry[Name] extends Record<string, never> ? Name : never;
}[JobName];

export interface ScheduledJob {
  name: PlainJobName;
  /** Minute, hour, day of month, month, day of week, as in crontab(5), in UTC. */
  at: string;
  /** A time at which no worker ran is made up for within this long. Milliseconds. */
  madeUpForWithin: number;
}

/** A job of every day that fails goes on for hours, and is over when the next one comes. */
const ATTEMPTS = 10;

/** As graphile-worker takes it. Of several workers one adds the job; its key keeps two of it from waiting. */
export const cronItems = (schedule: readonly ScheduledJob[]): ParsedCronItem[] =>
  parseCronItems(
    schedule.map(({ name, at, madeUpForWithin }) => ({
      task: name,
      match: at,
      identifier: name,
      options: { backfillPeriod: madeUpForWithin, jobKey: name, maxAttempts: ATTEMPTS },
    })),
  );
