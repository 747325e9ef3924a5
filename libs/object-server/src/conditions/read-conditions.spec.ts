import { findFailedCondition, type ReadConditions } from './read-conditions';

const version = { etag: 'abc', lastModified: Date.parse('2026-01-02T00:00:00Z') };
const before = 'Thu, 01 Jan 2026 00:00:00 GMT';
const same = 'Fri, 02 Jan 2026 00:00:00 GMT';

test.each<[ReadConditions, string | null]>([
  [{}, null],
  [{ ifMatch: '"abc"' }, null],
  [{ ifMatch: '"x", "abc"' }, null],
  [{ ifMatch: '*' }, null],
  [{ ifMatch: '"x"' }, 'If-Match'],
  [{ ifNoneMatch: 'W/"abc"' }, 'If-None-Match'],
  [{ ifNoneMatch: '"x"' }, null],
  [{ ifUnmodifiedSince: same }, null],
  [{ ifUnmodifiedSince: before }, 'If-Unmodified-Since'],
  [{ ifModifiedSince: same }, 'If-Modified-Since'],
  [{ ifModifiedSince: before }, null],
  [{ ifModifiedSince: 'not a date', ifUnmodifiedSince: 'neither' }, null],
])('%o', (conditions, expected) => {
  expect(findFailedCondition(conditions, version)).toBe(expected);
});

test('an ETag condition replaces the date condition beside it', () => {
  expect(findFailedCondition({ ifMatch: '"abc"', ifUnmodifiedSince: before }, version)).toBeNull();
  expect(findFailedCondition({ ifNoneMatch: '"x"', ifModifiedSince: same }, version)).toBeNull();
});
