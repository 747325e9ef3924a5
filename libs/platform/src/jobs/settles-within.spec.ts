import { settlesWithin } from './settles-within';

test('a promise that fulfils or rejects has settled', async () => {
  expect(await settlesWithin(10_000, Promise.resolve())).toBe(true);
  expect(await settlesWithin(10_000, Promise.reject(new Error('broken')))).toBe(true);
});

test('a promise that does neither has not', async () => {
  expect(await settlesWithin(10, new Promise(() => undefined))).toBe(false);
});
