import { signaturesOf } from './signed-types';
import { textOf } from './text-of';

/** Text by other names than `text/…`. */
const TEXT =
  /^text\/|[/+](?:json|xml|x?yaml|javascript|ecmascript|x-ndjson|x-sh|sql|toml)$|^application\/x-(?:javascript|yaml)$/;
const XML = /[/+]xml$/;
const JSON_TYPE = /[/+]json$/;
/** The first character of a JSON text. RFC 8259 */
const JSON_START = /^[[{"\-\dtfn]/;
const HTML_START = /^<(?:!doctype\s+)?html/i;

/**
 * Whether a file's first bytes fit the type it was declared as; `detected` comes from detectContentType.
 *
 * - A type with a known signature must be detected as that type: HTML named .png is refused.
 * - A text type must be text; XML and JSON must begin as such. SVG is XML.
 * - Any other type, `application/octet-stream` included, accepts anything: nothing is claimed that could be false.
 */
export function contentMatches(declared: string, detected: string | null, firstBytes: Buffer): boolean {
  const type = declared.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  const signatures = signaturesOf(type);
  if (signatures) return detected !== null && signatures.includes(detected);
  if (!TEXT.test(type)) return true;
  // Of all binary types only PDF can look like text. Other detections do not count against a text:
  // a CSV that begins with "BMI" has the signature of a bitmap.
  return detected !== 'application/pdf' && textMatches(type, textOf(firstBytes));
}

function textMatches(type: string, text: string | null): boolean {
  if (text === null) return false;
  const start = text.trimStart();
  if (start === '') return true;
  if (type === 'image/svg+xml' && HTML_START.test(start)) return false;
  if (XML.test(type)) return start.startsWith('<');
  if (JSON_TYPE.test(type)) return JSON_START.test(start);
  return true;
}
