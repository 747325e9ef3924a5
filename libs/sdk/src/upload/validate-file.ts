import { FileError } from '../errors/file-error.js';
import { formatFileSize } from '../format-file-size.js';
import { contentTypeOf } from './content-type.js';

export interface FileRules {
  /** Bytes. */
  maxSize?: number;
  /** Media types (`image/png`), groups of them (`image/*`) or extensions (`.glb`). */
  allowedTypes?: readonly string[];
}

export interface FileToCheck {
  readonly name?: string;
  readonly size: number;
  readonly type: string;
}

export type FileValidation = { valid: true; error: null } | { valid: false; error: FileError };

const MAX_NAME_BYTES = 255;
/** Separators of paths and lines, control characters, and those that turn the direction of writing. */
const FORBIDDEN_IN_NAME = /[/\\\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u;

function nameFault(name: string): string | null {
  if (name.trim() === '' || name === '.' || name === '..') return 'The file needs a name.';
  if (FORBIDDEN_IN_NAME.test(name)) return 'The name contains a path separator or a control character.';
  if (new TextEncoder().encode(name).length > MAX_NAME_BYTES) return 'The name is longer than 255 bytes.';
  return null;
}

function isAllowed({ type, name = '' }: FileToCheck, allowed: string): boolean {
  const rule = allowed.trim().toLowerCase();
  if (rule.startsWith('.')) return name.toLowerCase().endsWith(rule);
  const actual = contentTypeOf({ type }, name);
  return rule.endsWith('/*') ? actual.startsWith(rule.slice(0, -1)) : actual === rule;
}

function findFault(file: FileToCheck, { maxSize = Infinity, allowedTypes }: FileRules): FileError | null {
  const badName = nameFault(file.name ?? '');
  if (badName) return new FileError('file_name_invalid', badName);
  if (file.size === 0) return new FileError('file_empty', 'The file is empty.');
  if (file.size > maxSize) {
    // Without the file's own size: one byte over 100 MB is 100 MB too, once rounded.
    const limit = formatFileSize(maxSize);
    return new FileError('file_too_large', `The file is too large: it may have ${limit} at most.`);
  }
  if (allowedTypes && !allowedTypes.some((allowed) => isAllowed(file, allowed))) {
    return new FileError(
      'type_not_allowed',
      `Files of this type cannot be uploaded here: ${allowedTypes.join(', ')} only.`,
    );
  }
  return null;
}

/** Says at once what the API would say later. The API's word is the last one: quotas and content are checked there. */
export function validateFile(file: FileToCheck, rules: FileRules = {}): FileValidation {
  const error = findFault(file, rules);
  return error ? { valid: false, error } : { valid: true, error: null };
}
