import { type Account, keyPrincipal, userPrincipal, visitor } from '@slipway/core/shared/principal';
import { budgetOf, type RateClass } from './budget-of';

const origin = { ip: '192.0.2.1', userAgent: null, requestId: null };
const account = (requestsPerMinute: number | null): Account => ({
  id: 'USR-1',
  email: 'a@example.com',
  emailVerified: true,
  emailTrusted: true,
  role: 'user',
  requestsPerMinute,
  maxAccessUrlSeconds: null,
});
const user = userPrincipal(account(null), origin);
const paying = userPrincipal(account(30), origin);
const apiKey = keyPrincipal({ id: 'KEY-1', account: account(null), scopes: [], projectId: null }, origin);

const budget = (rateClass: RateClass, principal: typeof user | null) =>
  budgetOf({ rateClass, principal, ip: '192.0.2.1' }, 100);

test.each([
  { who: 'a user', rateClass: 'standard', principal: user, key: 'user:USR-1', calls: 100 },
  { who: 'a user with a tier', rateClass: 'standard', principal: paying, key: 'user:USR-1', calls: 30 },
  { who: 'an API key', rateClass: 'standard', principal: apiKey, key: 'key:KEY-1', calls: 100 },
  { who: 'nobody', rateClass: 'standard', principal: null, key: 'address:192.0.2.1', calls: 100 },
  {
    who: 'a visitor',
    rateClass: 'standard',
    principal: visitor(origin),
    key: 'address:192.0.2.1',
    calls: 100,
  },
  { who: 'a user', rateClass: 'uploads', principal: user, key: 'uploads:user:USR-1', calls: 600 },
  {
    who: 'a user with a tier',
    rateClass: 'uploads',
    principal: paying,
    key: 'uploads:user:USR-1',
    calls: 180,
  },
  { who: 'an API key', rateClass: 'uploads', principal: apiKey, key: 'uploads:key:KEY-1', calls: 600 },
  { who: 'nobody', rateClass: 'uploads', principal: null, key: 'address:192.0.2.1', calls: 100 },
] as const)('$who at a route of class $rateClass counts as $key', ({ rateClass, principal, key, calls }) => {
  expect(budget(rateClass, principal)).toEqual({ key, calls, isInsured: true });
});

test.each([
  ['a user', user],
  ['nobody', null],
])('%s guesses by the address, and not uncounted', (_who, principal) => {
  expect(budget('guessing', principal)).toEqual({
    key: 'guess:address:192.0.2.1',
    calls: 10,
    isInsured: false,
  });
});

test('a small rate still lets somebody sign in', () => {
  expect(budgetOf({ rateClass: 'guessing', principal: null, ip: '192.0.2.1' }, 1)?.calls).toBe(1);
});

test('an IPv6 caller counts with the neighbours of its line', () => {
  const of = (ip: string) => budgetOf({ rateClass: 'standard', principal: null, ip }, 100)?.key;
  expect(of('2001:db8:1:2::1')).toBe(of('2001:db8:1:2:ffff::7'));
  expect(of('2001:db8:1:2::1')).not.toBe(of('2001:db8:1:3::1'));
});

test('an unlimited route counts nobody', () => {
  expect(budget('unlimited', user)).toBeNull();
});
