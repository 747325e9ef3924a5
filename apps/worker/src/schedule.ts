import type { ScheduledJob } from '@slipway/platform/jobs/schedule';

const DAY_MS = 24 * 60 * 60 * 1000;

/** Off the full hour, when everybody else's jobs run. What a laptop slept through is made up for. */
export const SCHEDULE: readonly ScheduledJob[] = [
  { name: 'reconcile', at: '17 3 * * *', madeUpForWithin: DAY_MS },
  // It is part of the comparison as well: this is half a day away from that.
  { name: 'prove-ledger', at: '17 15 * * *', madeUpForWithin: DAY_MS },
  { name: 'publish-galleries', at: '37 3 * * *', madeUpForWithin: DAY_MS },
  { name: 'forget-idempotency-keys', at: '7 * * * *', madeUpForWithin: 0 },
  { name: 'forget-sign-ins', at: '37 * * * *', madeUpForWithin: 0 },
  { name: 'rotate-signing-keys', at: '47 4 * * *', madeUpForWithin: DAY_MS },
  // What is not under a seal yet can still be changed unseen.
  { name: 'seal-audit', at: '* * * * *', madeUpForWithin: 0 },
  { name: 'watch-audit', at: '* * * * *', madeUpForWithin: 0 },
];
