import * as fc from 'fast-check';
import { isLinkToken, linkTokenOf, newLinkToken } from './link-token';

test('a token is 33 characters, whatever the bytes', () => {
  expect(linkTokenOf(new Uint8Array(24))).toBe('0'.repeat(33));
  const bytes = fc.uint8Array({ minLength: 24, maxLength: 24 });
  fc.assert(fc.property(bytes, (some) => isLinkToken(linkTokenOf(some))));
});

test('two of different bytes differ', () => {
  const bytes = fc.uint8Array({ minLength: 24, maxLength: 24 });
  fc.assert(
    fc.property(bytes, fc.nat(23), fc.integer({ min: 1, max: 255 }), (some, at, change) => {
      const other = some.map((byte, index) => (index === at ? byte ^ change : byte));
      return linkTokenOf(some) !== linkTokenOf(other);
    }),
  );
});

test('a new one is new', () => {
  expect(new Set(Array.from({ length: 1_000 }, newLinkToken)).size).toBe(1_000);
});

test.each(['', 'x', '0'.repeat(32), '0'.repeat(34), `${'0'.repeat(32)}-`, `${'0'.repeat(33)}\n`])(
  '%j is none',
  (text) => {
    expect(isLinkToken(text)).toBe(false);
  },
);
