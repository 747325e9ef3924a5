/** What one caller may spend in a minute. */
export interface Budget {
  /** Whose; the same for every process. */
  key: string;
  /** Calls a minute. */
  calls: number;
}

export interface Spending {
  /** Whether this call was one too many. */
  isRefused: boolean;
  /** Calls left in this minute. */
  remaining: number;
  /** Milliseconds until the budget is whole again. */
  resetMs: number;
}

/** Counts calls in windows of a minute, each of which begins with its first call. */
export interface RateCounter {
  /** Spends one call. Rejects when the store of the counts does not answer. */
  take(budget: Budget): Promise<Spending>;
  close(): Promise<void>;
}

export const WINDOW_SECONDS = 60;
