import * as fc from 'fast-check';
import { type Account, userPrincipal, visitor } from '../shared/principal';
import { requestedLife, usualLife } from './url-life';

const ORIGIN = { ip: null, userAgent: null, requestId: null };
const ACCOUNT: Account = {
  id: 'USR-1',
  email: 'a@example.com',
  emailVerified: true,
  emailTrusted: true,
  role: 'user',
  requestsPerMinute: null,
  maxAccessUrlSeconds: null,
};
const limitedTo = (maxAccessUrlSeconds: number | null) =>
  userPrincipal({ ...ACCOUNT, maxAccessUrlSeconds }, ORIGIN);
const configured = (accessUrlLife: number) => ({ settings: { accessUrlLife } as never });

test('without a limit the configured life is promised, and a window comes on top', () => {
  expect(usualLife(limitedTo(null), configured(3600))).toEqual({ promised: 3600, window: 900 });
  expect(usualLife(visitor(ORIGIN), configured(3600))).toEqual({ promised: 3600, window: 900 });
});

test('a limit of an hour keeps the window inside it', () => {
  expect(usualLife(limitedTo(3600), configured(3600))).toEqual({ promised: 2700, window: 900 });
});

test('no URL outlives the limit, and each lives a while', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 604_800 }),
      fc.integer({ min: 60, max: 604_800 }),
      (limit, life) => {
        const { promised, window } = usualLife(limitedTo(limit), configured(life));
        expect(promised).toBeGreaterThanOrEqual(1);
        expect(promised).toBeLessThanOrEqual(life);
        expect(promised + window).toBeLessThanOrEqual(limit);
      },
    ),
  );
});

const seconds = fc.integer({ min: 60, max: 604_800 });

test('what is asked for is given whole, and ends within the limit', () => {
  fc.assert(
    fc.property(seconds, seconds, (one, other) => {
      const [asked, limit] = [Math.min(one, other), Math.max(one, other)];
      const { promised, window } = requestedLife(limitedTo(limit), asked);
      expect(promised).toBe(asked);
      expect(promised + window).toBeLessThanOrEqual(limit);
    }),
  );
});

test('more than the limit is refused, never shortened', () => {
  expect(() => requestedLife(limitedTo(300), 301)).toThrow('A URL cannot live that long.');
});
