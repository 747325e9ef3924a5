/** One rule of a bucket's lifecycle configuration, as far as this server carries it out. */
export interface LifecycleRule {
  readonly id?: string;
  readonly isEnabled: boolean;
  /** Keys that begin with it; empty for all. */
  readonly prefix: string;
  readonly expirationDays?: number;
  /** Milliseconds; midnight. */
  readonly expirationDate?: number;
  readonly abortUploadDays?: number;
}

export interface LifecycleConfiguration {
  readonly rules: readonly LifecycleRule[];
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** S3 counts in whole days: the time is rounded up to the next midnight, UTC. */
const midnightAfter = (time: number, days: number): number =>
  Math.ceil((time + days * DAY_MS) / DAY_MS) * DAY_MS;

interface AgedKey {
  key: string;
  /** When the object was written, or the upload begun. */
  since: number;
}

/** Whether an object has outlived a rule. */
export const isExpired = (rules: readonly LifecycleRule[], { key, since }: AgedKey, now: number): boolean =>
  rulesFor(rules, key).some(
    ({ expirationDays, expirationDate }) =>
      (expirationDays !== undefined && now >= midnightAfter(since, expirationDays)) ||
      (expirationDate !== undefined && now >= expirationDate),
  );

/** Whether an unfinished multipart upload has outlived a rule. */
export const isAbandoned = (rules: readonly LifecycleRule[], { key, since }: AgedKey, now: number): boolean =>
  rulesFor(rules, key).some(
    ({ abortUploadDays }) => abortUploadDays !== undefined && now >= midnightAfter(since, abortUploadDays),
  );

const rulesFor = (rules: readonly LifecycleRule[], key: string): LifecycleRule[] =>
  rules.filter((rule) => rule.isEnabled && key.startsWith(rule.prefix));
