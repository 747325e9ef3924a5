import { isAbandoned, isExpired, type LifecycleRule } from './lifecycle-rules';

const since = Date.parse('2026-03-10T15:00:00Z');
const at = (time: string): number => Date.parse(time);
const rule = (change: Partial<LifecycleRule>): LifecycleRule[] => [
  { isEnabled: true, prefix: 'incoming/', ...change },
];
const object = { key: 'incoming/a', since };

test('a day ends at the midnight after it', () => {
  const rules = rule({ expirationDays: 1 });
  expect(isExpired(rules, object, at('2026-03-11T23:59:59Z'))).toBe(false);
  expect(isExpired(rules, object, at('2026-03-12T00:00:00Z'))).toBe(true);
});

test('a rule is for its prefix, while it is enabled', () => {
  const now = at('2027-01-01T00:00:00Z');
  expect(isExpired(rule({ expirationDays: 1 }), { key: 'projects/a', since }, now)).toBe(false);
  expect(isExpired(rule({ expirationDays: 1, isEnabled: false }), object, now)).toBe(false);
});

test('a date expires everything from then on', () => {
  const rules = rule({ expirationDate: at('2026-04-01T00:00:00Z') });
  expect(isExpired(rules, object, at('2026-03-31T23:59:59Z'))).toBe(false);
  expect(isExpired(rules, object, at('2026-04-01T00:00:00Z'))).toBe(true);
});

test('uploads and objects have rules of their own', () => {
  const now = at('2027-01-01T00:00:00Z');
  expect(isAbandoned(rule({ expirationDays: 1 }), object, now)).toBe(false);
  expect(isAbandoned(rule({ abortUploadDays: 1 }), object, now)).toBe(true);
  expect(isExpired(rule({ abortUploadDays: 1 }), object, now)).toBe(false);
});
