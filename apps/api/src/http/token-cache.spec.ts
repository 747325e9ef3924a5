import { TokenCache } from './token-cache';

test('what was least used goes first', () => {
  const cache = new TokenCache(2);
  cache.set('a', { expiresAt: 10 });
  cache.set('b', { expiresAt: 10 });
  cache.get('a', 0);
  cache.set('c', { expiresAt: 10 });
  expect([cache.get('a', 0), cache.get('b', 0), cache.get('c', 0)]).toEqual([
    { expiresAt: 10 },
    null,
    { expiresAt: 10 },
  ]);
  expect(cache.size).toBe(2);
});

test('what is over is gone', () => {
  const cache = new TokenCache(2);
  cache.set('a', { expiresAt: 10 });
  expect([cache.get('a', 9), cache.get('a', 10), cache.size]).toEqual([{ expiresAt: 10 }, null, 0]);
});
