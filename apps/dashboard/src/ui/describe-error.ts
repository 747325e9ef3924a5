import { ApiError, isSlipwayError, type SlipwayErrorCode } from '@slipway/sdk';

const WORDS: Partial<Record<SlipwayErrorCode, string>> = {
  network: 'The server cannot be reached. Check your connection and try again.',
  stalled: 'The server is not answering. Try again in a moment.',
  not_found: 'This does not exist, or you have no access to it.',
  forbidden: 'You may not do this.',
  unauthenticated: 'Your session has ended. Sign in again.',
  storage_unavailable: 'The storage is not available right now. Nothing was changed; try again in a moment.',
  database_unavailable: 'The database is not available right now. Try again in a moment.',
};

const seconds = (ms: number): string => `${Math.max(1, Math.ceil(ms / 1000))} s`;

/** One sentence for a person; codes without words of their own keep the API's. */
export function describeError(error: unknown): string {
  if (!isSlipwayError(error)) return 'Something went wrong in this page. Reload it and try again.';
  if (error.code === 'rate_limited') {
    const wait = error.retryAfterMs === undefined ? 'a moment' : seconds(error.retryAfterMs);
    return `Too many calls in a short time. Try again in ${wait}.`;
  }
  if (error.code === 'internal') {
    const id = error instanceof ApiError ? error.requestId : undefined;
    return `The server failed${id ? ` (request ${id})` : ''}. Try again in a moment.`;
  }
  return WORDS[error.code] ?? error.message;
}
