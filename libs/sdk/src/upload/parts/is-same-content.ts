import type { StoredPart, UploadState } from '../../client/wire.js';
import type { LargeFile } from './large-file.js';
import { rangeOf } from './part.js';
import { withFallback } from './part-digest.js';

const MD5 = /^"?([\da-f]{32})"?$/i;

/** Whether the stored parts are the file's own: the first and the last of them, unless `verifyOnResume` says otherwise. */
export async function isSameContent(file: LargeFile, state: UploadState): Promise<boolean> {
  for (const part of chosen(state.parts, file.options.verifyOnResume)) {
    if (!(await isSamePart(file, part, state))) return false;
  }
  return true;
}

function chosen(parts: StoredPart[], how: LargeFile['options']['verifyOnResume'] = 'sample'): StoredPart[] {
  if (how !== 'sample') return how === 'all' ? parts : [];
  return parts.filter((_, index) => index === 0 || index === parts.length - 1);
}

/** A storage that tells no sum of its parts can only be taken at its word; the server reads such an object back. */
async function isSamePart(
  { source, connection }: LargeFile,
  part: StoredPart,
  { part_size, checksum }: UploadState,
): Promise<boolean> {
  // Only where the server has found it so is an ETag the MD5.
  const md5 = checksum === 'md5' ? MD5.exec(part.etag)?.[1] : undefined;
  const expected = md5 ? base64OfHex(md5) : part.checksum_sha256;
  if (expected === null) return true;
  const { start, end } = rangeOf(part.part_number, part_size ?? 0, source.file.size);
  const bytes = await source.read(source.file.slice(start, end));
  return (await withFallback(connection.uploads.digest)(md5 ? 'md5' : 'sha256', bytes)) === expected;
}

const base64OfHex = (hex: string): string =>
  btoa(hex.replace(/../g, (byte) => String.fromCharCode(parseInt(byte, 16))));
