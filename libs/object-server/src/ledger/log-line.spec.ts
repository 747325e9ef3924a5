import * as fc from 'fast-check';
import { decodeLogLine, encodeLogLine } from './log-line';

const change = fc.record({
  key: fc.string({ unit: 'binary' }),
  value: fc.option(fc.record({ text: fc.string({ unit: 'binary' }), number: fc.integer() })),
});

test('changes come back from their line, which is one line', () => {
  fc.assert(
    fc.property(fc.array(change), (changes) => {
      const line = encodeLogLine(changes);
      expect(line.indexOf('\n')).toBe(line.length - 1);
      expect(decodeLogLine(line.slice(0, -1))).toEqual(changes);
    }),
  );
});

test('a line that was cut anywhere is not taken for a whole one', () => {
  const line = encodeLogLine([{ key: 'a', value: { b: 1 } }]).slice(0, -1);
  for (let length = 0; length < line.length; length++)
    expect(decodeLogLine(line.slice(0, length))).toBeNull();
});
