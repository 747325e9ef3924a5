import { interruptible } from './interruptible.js';

/** A laptop that says it is offline is asked again after this long at the latest: the hint is wrong behind some VPNs. */
const OFFLINE_MS = 10_000;

/** A hint, and wrong behind some VPNs: never a reason not to try. Node has a navigator that does not know. */
export const seemsOffline = (): boolean =>
  typeof navigator === 'object' && 'onLine' in navigator && !navigator.onLine;

/** Waits; ends early when the network comes back, and rejects with `AbortedError` when the signal ends. */
export async function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  let stop = () => {};
  const waited = () =>
    new Promise<void>((resolve) => {
      const wake = () => resolve();
      const timer = setTimeout(wake, seemsOffline() ? Math.max(ms, OFFLINE_MS) : ms);
      globalThis.addEventListener?.('online', wake);
      stop = () => {
        clearTimeout(timer);
        globalThis.removeEventListener?.('online', wake);
      };
    });
  try {
    await interruptible(signal, waited);
  } finally {
    stop();
  }
}
