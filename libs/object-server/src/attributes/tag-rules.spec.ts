import { checkTags } from './tag-rules';

test('ten tags of full length pass', () => {
  const pairs = Array.from(
    { length: 10 },
    (_, index) => [`${index}`.padEnd(128, 'k'), 'v'.repeat(256)] as const,
  );
  expect(Object.keys(checkTags(pairs))).toHaveLength(10);
});

test.each<[string, (readonly [string, string])[], string]>([
  ['an eleventh', Array.from({ length: 11 }, (_, index) => [`${index}`, ''] as const), 'BadRequest'],
  ['one without a key', [['', 'v']], 'InvalidTag'],
  ['a key of 129 characters', [['k'.repeat(129), 'v']], 'InvalidTag'],
  ['a value of 257 characters', [['k', 'v'.repeat(257)]], 'InvalidTag'],
  [
    'the same key twice',
    [
      ['k', '1'],
      ['k', '2'],
    ],
    'InvalidTag',
  ],
])('%s is refused', (_, pairs, code) => {
  expect(() => checkTags(pairs)).toThrow(expect.objectContaining({ code }));
});
