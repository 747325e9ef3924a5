import { createClient } from '@slipway/sdk';
import { sessionTokens } from '@slipway/sdk/session';
import { notifyManager, QueryClient } from '@tanstack/react-query';

const baseUrl = new URL('api', document.baseURI).href;

export const session = sessionTokens({ baseUrl });

export const client = createClient({ baseUrl, getToken: session.getToken });

const FRESH_MS = 30_000;

export const queries = new QueryClient({
  // The SDK repeats what can be repeated, and waits as long as the server asks for.
  defaultOptions: { queries: { retry: false, staleTime: FRESH_MS }, mutations: { retry: false } },
});

// Otherwise a finished upload would be gone from the grid for a frame before its asset comes, and its picture blink.
notifyManager.setScheduler(queueMicrotask);
