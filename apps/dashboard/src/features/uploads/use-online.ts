import { useSyncExternalStore } from 'react';

function subscribe(listener: () => void): () => void {
  window.addEventListener('online', listener);
  window.addEventListener('offline', listener);
  return () => {
    window.removeEventListener('online', listener);
    window.removeEventListener('offline', listener);
  };
}

/** What the browser believes; a word to a person hangs on it, and nothing else. */
export const useOnline = (): boolean => useSyncExternalStore(subscribe, () => navigator.onLine);
