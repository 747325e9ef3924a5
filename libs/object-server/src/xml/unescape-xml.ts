const NAMED = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);
const MAX_CODE_POINT = 0x10ffff;

/** The five entities of XML and character references. Others stay as they are: no document may define its own. */
export const unescapeXml = (text: string): string =>
  text.replaceAll(/&(#\d{1,7}|#x[0-9a-fA-F]{1,6}|\w+);/g, (whole, name: string) =>
    name.startsWith('#') ? fromReference(name.slice(1), whole) : (NAMED.get(name) ?? whole),
  );

function fromReference(digits: string, whole: string): string {
  const codePoint = digits.startsWith('x') ? Number.parseInt(digits.slice(1), 16) : Number(digits);
  return codePoint <= MAX_CODE_POINT ? String.fromCodePoint(codePoint) : whole;
}
