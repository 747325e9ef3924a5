import { retryAfterMs } from './retry-after.js';

const now = Date.parse('2026-01-02T03:04:00Z');

test.each([
  [null, undefined],
  ['', undefined],
  ['soon', undefined],
  ['0', undefined],
  ['3', 3000],
  ['Fri, 02 Jan 2026 03:04:05 GMT', 5000],
  ['Fri, 02 Jan 2026 03:00:00 GMT', undefined],
])('Retry-After %j asks for %p ms', (header, ms) => {
  expect(retryAfterMs(header, now)).toBe(ms);
});
