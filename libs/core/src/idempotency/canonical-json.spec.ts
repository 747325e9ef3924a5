import { canonicalJson } from './canonical-json';

test('the order of members makes no difference, at any depth', () => {
  const one = { a: 1, b: { c: [{ d: 2, e: null }], f: 'x' } };
  const other = { b: { f: 'x', c: [{ e: null, d: 2 }] }, a: 1 };
  expect(canonicalJson(one)).toBe(canonicalJson(other));
});

test('the order of a list does', () => {
  expect(canonicalJson([1, 2])).not.toBe(canonicalJson([2, 1]));
});

test.each([
  [{ a: '1' }, { a: 1 }],
  [{ a: null }, {}],
  [{ a: [] }, { a: {} }],
])('%j and %j are told apart', (one, other) => {
  expect(canonicalJson(one)).not.toBe(canonicalJson(other));
});
