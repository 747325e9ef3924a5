import { randomBytes } from 'node:crypto';
import { weaknessOf } from './weak-secret';

test.each([
  ['a trial secret, to be replaced by your own', 'is an example or a placeholder'],
  ['wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', 'is an example or a placeholder'],
  ['slipway', 'is an example or a placeholder'],
  ['minioadmin', 'is an example or a placeholder'],
  ['ChangeMe-ChangeMe-ChangeMe-ChangeMe', 'is an example or a placeholder'],
  ['kB7vQ2', 'is shorter than 16 characters'],
  ['x'.repeat(40), 'is too regular to be random'],
  ['0101100111010100101010110101', 'is too regular to be random'],
  ['abcdefghijklabcdefghijklabcdefgh', 'is too regular to be random'],
])('%s %s', (secret, weakness) => {
  expect(weaknessOf(secret, 16)).toBe(weakness);
});

test.each(['hex', 'base64', 'base64url'] as const)('a random one in %s is good', (encoding) => {
  expect(weaknessOf(randomBytes(32).toString(encoding), 32)).toBeNull();
});

test('one that only begins alike is good', () => {
  expect(weaknessOf('aab7vQ2mXw9LrTzK', 16)).toBeNull();
});
