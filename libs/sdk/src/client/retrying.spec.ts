import { ApiError } from '../errors/api-error.js';
import { NetworkError } from '../errors/network-error.js';
import { rejectionOf } from '../testing/rejection-of.js';
import { backoffMs, retrying } from './retrying.js';

const policy = { attempts: 3, baseMs: 1, maxMs: 2, patienceMs: 10 };

test.each([
  [0, 500],
  [1, 1000],
  [5, 16_000],
  [6, 30_000],
  [2000, 30_000],
])('the wait after try %i is below %i ms', (attempt, limit) => {
  const full = { baseMs: 500, maxMs: 30_000 };
  expect(backoffMs(attempt, full, () => 1)).toBe(limit);
  expect(backoffMs(attempt, full, () => 0)).toBe(0);
});

test('a passing failure is tried again, up to the number of tries', async () => {
  const operation = jest.fn(() => Promise.reject(new NetworkError('down')));
  expect(await rejectionOf(retrying(operation, { policy }))).toMatchObject({ message: 'down' });
  expect(operation.mock.calls).toEqual([[0], [1], [2]]);
});

test('a server that asks for a longer wait than ours gets it', async () => {
  const busy = new ApiError(429, {}, { retryAfterMs: 9 });
  const delays: number[] = [];
  await rejectionOf(
    retrying(() => Promise.reject(busy), { policy, onRetry: ({ delayMs }) => delays.push(delayMs) }),
  );
  expect(delays).toEqual([9, 9]);
});

test("what is not this package's error is nobody's to retry", async () => {
  const operation = jest.fn(() => Promise.reject(new TypeError('bug')));
  expect(await rejectionOf(retrying(operation, { policy }))).toBeInstanceOf(TypeError);
  expect(operation).toHaveBeenCalledTimes(1);
});
