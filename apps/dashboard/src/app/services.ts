import { createClient, isSlipwayError } from '@slipway/sdk';
import { notifyManager, QueryCache, QueryClient } from '@tanstack/react-query';
import { SessionStore } from '../features/account/session';

export const session = new SessionStore(localStorage);

export const client = createClient({
  baseUrl: new URL('api', document.baseURI).href,
  getToken: ({ refresh }) => {
    // The API refuses the token we have, and there is no way to a new one but signing in.
    if (refresh) session.expire();
    return session.token();
  },
});

const FRESH_MS = 30_000;

export const queries = new QueryClient({
  queryCache: new QueryCache({
    onError: (error) => {
      if (isSlipwayError(error) && error.code === 'unauthenticated') session.expire();
    },
  }),
  // The SDK repeats what can be repeated, and waits as long as the server asks for.
  defaultOptions: { queries: { retry: false, staleTime: FRESH_MS }, mutations: { retry: false } },
});

// Otherwise a finished upload would be gone from the grid for a frame before its asset comes, and its picture blink.
notifyManager.setScheduler(queueMicrotask);
