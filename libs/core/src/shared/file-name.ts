/** A segment of an S3 key and of a POSIX path may have 255 bytes. */
const MAX_NAME_BYTES = 255;
/** Control characters, and the separators of paths and lines. */
const SEPARATORS_AND_CONTROLS = /[/\\\p{Cc}\p{Zl}\p{Zp}]/u;
/** They turn the direction of writing: `invoice<U+202E>gpj.exe` would be read as `invoiceexe.jpg`. */
const BIDI_CONTROLS = /\p{Bidi_Control}/u;

/** Why a file or an asset cannot be called so, completing "the name …"; null when it can. */
export function nameFault(name: string): string | null {
  if (name.trim() === '' || name === '.' || name === '..') return 'must name a file';
  if (SEPARATORS_AND_CONTROLS.test(name)) return 'must not contain path separators or control characters';
  if (BIDI_CONTROLS.test(name)) return 'must not contain characters that turn the direction of writing';
  if (Buffer.byteLength(name) > MAX_NAME_BYTES) return `must have at most ${MAX_NAME_BYTES} bytes`;
  if (!name.isWellFormed()) return 'must be well-formed Unicode';
  return null;
}

const NEVER_IN_NAMES = new RegExp(`${SEPARATORS_AND_CONTROLS.source}|${BIDI_CONTROLS.source}`, 'gu');

/** The name without whatever `nameFault` refuses, for where it is told to another program. */
export const safeName = (name: string): string => name.toWellFormed().replace(NEVER_IN_NAMES, '_');
