import { hashKey, isKeyText, newKeyText, prefixOf } from './key-text';

/** The CRC-32 of 32 zeros is 0xA0F292D0, which is 2wjyrI in base 62 (computed by Python's zlib). */
const KNOWN = 'slw_00000000000000000000000000000000';

test('the sum is the one that a scanner computes', () => {
  expect(isKeyText(`${KNOWN}2wjyrI`)).toBe(true);
});

test('a key has its mark, 32 random characters, and a sum that it is known by', () => {
  const key = newKeyText();
  expect(key).toMatch(/^slw_[0-9A-Za-z]{38}$/);
  expect(isKeyText(key)).toBe(true);
  expect(newKeyText()).not.toBe(key);
});

test('every character that is mistaken is told', () => {
  const key = newKeyText();
  for (let at = 4; at < key.length; at += 1) {
    const other = key[at] === 'x' ? 'y' : 'x';
    expect(isKeyText(key.slice(0, at) + other + key.slice(at + 1))).toBe(false);
  }
});

test.each([
  '',
  'slw_',
  `${KNOWN}000000`,
  ` ${newKeyText()}`,
  `${newKeyText()}\n`,
  newKeyText().toUpperCase(),
])('%j is no key', (text) => {
  expect(isKeyText(text)).toBe(false);
});

test('what is stored and shown of a key does not give it away', () => {
  const key = newKeyText();
  expect(hashKey(key)).toHaveLength(32);
  expect(prefixOf(key)).toBe(key.slice(0, 8));
});
