/** The C0 controls that no text has; allowed are tab, line feed, vertical tab, form feed, carriage return, escape. */
const isBinaryControl = (code: number): boolean =>
  code < 0x20 && !(code >= 0x09 && code <= 0x0d) && code !== 0x1b;

const UTF16_MARKS: Record<string, string> = { fffe: 'utf-16le', feff: 'utf-16be' };

/**
 * The beginning of a text file without its byte order mark; null for binary content. UTF-8, UTF-16 with its mark, or
 * any 8-bit encoding, of which only the ASCII half comes out right. An empty file is text.
 */
export function textOf(firstBytes: Buffer): string | null {
  const encoding = UTF16_MARKS[firstBytes.toString('hex', 0, 2)] ?? 'utf-8';
  const text = new TextDecoder(encoding).decode(firstBytes);
  for (let i = 0; i < text.length; i += 1) {
    if (isBinaryControl(text.charCodeAt(i))) return null;
  }
  return text;
}
