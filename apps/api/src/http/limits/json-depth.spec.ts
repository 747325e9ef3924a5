import { isDeeperThan } from './json-depth';

const deeperThanTwo = (json: string): boolean => isDeeperThan(2, Buffer.from(json));

test.each(['', '1', '"x"', '[]', '[[]]', '{"a":[1,2,{}]}'.replace(',{}', ''), '[[],[],{}]'])(
  '%s nests in two levels at most',
  (json) => {
    expect(deeperThanTwo(json)).toBe(false);
  },
);

test.each(['[[[]]]', '{"a":{"b":{}}}', '[{"a":[', '[[[[[['])('%s nests deeper', (json) => {
  expect(deeperThanTwo(json)).toBe(true);
});

test.each(['"[[[["', '{"[[[":"{{{{"}', '["\\"[[[["]', '["\\\\"]', '"ü[[[["'])(
  'brackets in strings do not count in %s',
  (json) => {
    expect(deeperThanTwo(json)).toBe(false);
  },
);

test('an escaped quote does not end a string, an escaped backslash does not keep it open', () => {
  expect(deeperThanTwo('["\\"",[[1]]]')).toBe(true);
  expect(deeperThanTwo('["\\\\",[[1]]]')).toBe(true);
});
