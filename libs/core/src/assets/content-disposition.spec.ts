import { parse } from 'content-disposition';
import * as fc from 'fast-check';
import { safeName } from '../shared/file-name';
import { contentDisposition } from './content-disposition';

/** By a parser that is not ours; it also gives `filename*` as it was sent. */
function readBack(header: string): { type: string; filename: string | undefined } {
  const { type, parameters } = parse(header);
  const { filename, 'filename*': sent, ...others } = parameters;
  expect(sent ?? "UTF-8''").toMatch(/^UTF-8''/);
  expect(others).toEqual({});
  return { type, filename };
}

test('a plain name is quoted, and needs no second form', () => {
  expect(contentDisposition('inline', 'a b.png')).toBe('inline; filename="a b.png"');
  expect(contentDisposition('inline', 'a+b.png')).toBe(
    `inline; filename="a+b.png"; filename*=UTF-8''a%2Bb.png`,
  );
});

const LONGEST = `${'é'.repeat(125)}x.png`;

test.each([
  ['quotes', 'a "b" \'c\'.png', 'a "b" \'c\'.png'],
  ['a parameter of its own', 'x"; filename="evil.html', 'x"; filename="evil.html'],
  ['a second header', 'x\r\nSet-Cookie: a=b', 'x__Set-Cookie: a=b'],
  ['U+0000', 'x\0.html', 'x_.html'],
  ['a turned direction of writing', 'invoice\u202Egpj.exe', 'invoice_gpj.exe'],
  ['a path', '../../etc/passwd', '.._.._etc_passwd'],
  ['a path of Windows', '..\\x.exe', '.._x.exe'],
  ['per cent', '100%25.png', '100%25.png'],
  ['a broken escape', '%E0%A4%A.png', '%E0%A4%A.png'],
  ['stars and brackets', "f*(1)'!.png", "f*(1)'!.png"],
  ['an emoji with joiners', '👩‍⚕️.png', '👩‍⚕️.png'],
  ['another script', 'صورة.png', 'صورة.png'],
  ['half a surrogate pair', 'a\uD83D.png', 'a\uFFFD.png'],
  ['a line separator', 'a\u2028b', 'a_b'],
  ['255 bytes', LONGEST, LONGEST],
])('%s stays inside the name', (_, hostile, told) => {
  expect(readBack(contentDisposition('attachment', hostile))).toEqual({ type: 'attachment', filename: told });
});

const anyName = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 255 }),
  fc.string({ unit: 'grapheme', maxLength: 100 }),
  fc
    .array(
      fc.constantFrom(
        '"',
        '\\',
        '%',
        ';',
        '=',
        "'",
        '*',
        '\r',
        '\n',
        '\0',
        '\u202E',
        '\uD800',
        ' ',
        'é',
        '😀',
      ),
    )
    .map((parts) => parts.join('')),
);

test('any name can be read back by a parser that is not ours, and nothing else can', () => {
  fc.assert(
    fc.property(anyName, fc.constantFrom('inline' as const, 'attachment' as const), (name, type) => {
      const header = contentDisposition(type, name);
      expect(header).toMatch(/^[\x20-\x7e]+$/);
      expect(readBack(header)).toEqual({ type, filename: safeName(name) });
    }),
    { numRuns: 2_000 },
  );
});

test('what knows no filename* reads a name without escapes and quotes', () => {
  fc.assert(
    fc.property(anyName, (name) => {
      const [, plain = ''] = /filename="([^"]*)"/.exec(contentDisposition('inline', name)) ?? [];
      expect(plain).not.toMatch(/[%\\"]|[^\x20-\x7e]/);
      expect(Array.from(plain)).toHaveLength(Array.from(safeName(name)).length);
    }),
  );
});
