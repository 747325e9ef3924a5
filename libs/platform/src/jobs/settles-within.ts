import { setTimeout as sleep } from 'node:timers/promises';

/** Whether a promise fulfils or rejects within `ms`; keeps no timer after that. */
export async function settlesWithin(ms: number, promise: Promise<unknown>): Promise<boolean> {
  const settled = new AbortController();
  const late = sleep(ms, false, { signal: settled.signal }).catch(() => false);
  const inTime = promise.then(
    () => true,
    () => true,
  );
  const result = await Promise.race([inTime, late]);
  settled.abort();
  return result;
}
