import { corsHeaders } from './cors-headers';
import { findCorsRule, type CorsRule } from './cors-rules';

const rule = (change: Partial<CorsRule>): CorsRule => ({
  allowedOrigins: ['https://app.example'],
  allowedMethods: ['PUT'],
  allowedHeaders: [],
  exposedHeaders: [],
  ...change,
});
const request = { origin: 'https://app.example', method: 'PUT', headers: [] };

test('the first rule that fits is taken', () => {
  const [first, second] = [rule({ id: 'first', allowedMethods: ['GET'] }), rule({ id: 'second' })];
  expect(findCorsRule([first, second, rule({ id: 'third' })], request)).toBe(second);
  expect(findCorsRule([], request)).toBeUndefined();
});

test.each([
  ['*', true],
  ['https://*.example', true],
  ['https://app.example', true],
  ['https://*.example.org', false],
  ['https://app.examples', false],
  ['https://app.example*https://app.example', false],
])('origin pattern %s', (pattern, fits) => {
  expect(findCorsRule([rule({ allowedOrigins: [pattern] })], request) !== undefined).toBe(fits);
});

test('every header that is asked for must be allowed', () => {
  const rules = [rule({ allowedHeaders: ['Content-*', 'x-one'] })];
  expect(findCorsRule(rules, { ...request, headers: ['content-type', 'x-one'] })).toBeDefined();
  expect(findCorsRule(rules, { ...request, headers: ['content-type', 'x-two'] })).toBeUndefined();
});

test('credentials are allowed only to origins that are named', () => {
  expect(corsHeaders(rule({ allowedOrigins: ['*'] }), request)).toMatchObject({
    'access-control-allow-origin': '*',
  });
  expect(corsHeaders(rule({ allowedOrigins: ['*'] }), request)).not.toHaveProperty(
    'access-control-allow-credentials',
  );
  expect(corsHeaders(rule({}), request)).toMatchObject({
    'access-control-allow-origin': 'https://app.example',
    'access-control-allow-credentials': 'true',
  });
});
