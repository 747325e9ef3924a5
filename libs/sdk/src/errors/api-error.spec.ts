import { ApiError } from './api-error.js';

test.each([
  [409, 'object_missing'],
  [409, 'upload_busy'],
  [409, 'idempotency_in_progress'],
  [503, 'database_unavailable'],
] as const)('%d %s may pass', (status, code) => {
  expect(new ApiError(status, { code }).retryable).toBe(true);
});

test.each([
  [409, 'email_taken'],
  [422, 'idempotency_key_reused'],
  [413, 'quota_exceeded'],
] as const)('%d %s stays', (status, code) => {
  expect(new ApiError(status, { code }).retryable).toBe(false);
});
