import { memoryCounter } from './memory-counter';
import type { Budget, RateCounter, Spending } from './rate-counter';

export interface InsuredBudget extends Budget {
  /** Whether a call may be counted in this process alone where the store does not answer; otherwise it fails. */
  isInsured: boolean;
}

export interface InsuredCounter {
  /** Rejects with `CountUnavailableError`, for what is not insured only. */
  take(budget: InsuredBudget): Promise<Spending>;
  close(): Promise<void>;
}

export class CountUnavailableError extends Error {
  constructor(cause: unknown) {
    super('The store of the rate limits does not answer', { cause });
    this.name = 'CountUnavailableError';
  }
}

/** How long the store is left alone after it failed, so that not every call waits for it. */
const PAUSE_MS = 1_000;

/**
 * Counts in memory while the store is away, so that its outage is not everybody's: each process has the whole budget
 * then. `onAway` hears of each outage once.
 */
export function insuredCounter(store: RateCounter, onAway: (error: unknown) => void): InsuredCounter {
  const insurance = memoryCounter();
  let away: { error: unknown; until: number } | null = null;

  const noteAway = (error: unknown): void => {
    if (away === null) onAway(error);
    away = { error, until: Date.now() + PAUSE_MS };
  };

  const uncounted = ({ isInsured, ...budget }: InsuredBudget, error: unknown): Promise<Spending> => {
    if (!isInsured) throw new CountUnavailableError(error);
    return insurance.take(budget);
  };

  return {
    async take(budget) {
      if (away !== null) {
        if (Date.now() < away.until) return uncounted(budget, away.error);
        // This call finds out whether the store is back; the others need not wait for that.
        away.until = Date.now() + PAUSE_MS;
      }
      try {
        const spending = await store.take(budget);
        away = null;
        return spending;
      } catch (error) {
        noteAway(error);
        return uncounted(budget, error);
      }
    },
    close: () => store.close(),
  };
}
