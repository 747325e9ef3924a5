import * as fc from 'fast-check';
import { compareKeys } from './compare-keys';

const text = fc.string({ unit: 'binary' });

test('keys are in the order of their UTF-8 bytes', () => {
  fc.assert(
    fc.property(text, text, (left, right) => {
      const expected = Buffer.compare(Buffer.from(left), Buffer.from(right));
      expect(Math.sign(compareKeys(left, right))).toBe(expected);
    }),
  );
});

test('a character beyond 16 bits comes last, though its first half is smaller', () => {
  expect(['\u{1f600}', '\uff21', 'a'].sort(compareKeys)).toEqual(['a', '\uff21', '\u{1f600}']);
});
