import { contentMatches } from '@slipway/platform/media/sniff/content-rule';
import { detectContentType } from '@slipway/platform/media/sniff/detect-content-type';
import { nameFault, safeName } from '../shared/file-name';

const mediaType = (type: string): string => type.split(';', 1)[0]?.trim().toLowerCase() ?? '';

/** Says nothing, and so is contradicted by nothing. */
const UNKNOWN = 'application/octet-stream';

/** What hosts call files of which they know nothing. */
const SAYS_NOTHING = new Set([
  '',
  UNKNOWN,
  'binary/octet-stream',
  'application/x-download',
  'application/force-download',
]);

/** By what the host says where the first bytes are so, else by the bytes alone. */
export async function typeOfFile(told: string | null, firstBytes: Buffer): Promise<string> {
  const detected = await detectContentType(firstBytes);
  const candidates = [mediaType(told ?? ''), mediaType(detected ?? '')];
  const fits = (type: string): boolean =>
    !SAYS_NOTHING.has(type) && MEDIA_TYPE.test(type) && contentMatches(type, detected, firstBytes);
  return candidates.find(fits) ?? UNKNOWN;
}

/** RFC 6838 §4.2 */
const MEDIA_TYPE = /^[a-z0-9][a-z0-9!#$&^_.+-]{0,126}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,126}$/;

const MAX_BYTES = 255;

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** Whole characters of the end, where the type is told. */
function endOf(name: string): string {
  let end = Array.from(name);
  while (Buffer.byteLength(end.join('')) > MAX_BYTES) end = end.slice(1);
  return end.join('');
}

/** The last piece of the address, as an upload could be called; `file` where that says nothing. */
export function nameOfFile(address: string): string {
  const segments = new URL(address).pathname.split('/');
  const name = endOf(safeName(decoded(segments.at(-1) ?? '')));
  return nameFault(name) === null ? name : 'file';
}
