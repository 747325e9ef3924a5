import type { ServerLogger } from '../server-logger';
import type { Store } from '../store/store';
import { sweepExpired } from './sweep';

const INTERVAL_MS = 60 * 60 * 1000;

/** Sweeps now and every hour. The returned function ends that and waits for a sweep that is running. */
export function startSweeping(store: Store, logger: ServerLogger): () => Promise<void> {
  let running = Promise.resolve();
  const sweep = (): void => {
    running = running
      .then(() => sweepExpired(store, Date.now()))
      .catch((error: unknown) => logger.error({ err: error }, 'Expired objects could not be deleted'));
  };
  sweep();
  const timer = setInterval(sweep, INTERVAL_MS).unref();
  return async () => {
    clearInterval(timer);
    await running;
  };
}
