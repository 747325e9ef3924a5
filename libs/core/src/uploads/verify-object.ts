import { contentMatches } from '@slipway/platform/media/sniff/content-rule';
import { detectContentType, SNIFF_BYTES } from '@slipway/platform/media/sniff/detect-content-type';
import type { ObjectStat, ObjectStore } from '@slipway/platform/object-store/object-store';
import { hashObject } from '../assets/hash-object';
import { UploadRejection } from './upload';
import type { Upload } from './upload.entity';

/** `Image/PNG; charset=x` → `image/png`: storages may keep parameters and case. */
const mediaType = (header: string): string => header.split(';', 1)[0]?.trim().toLowerCase() ?? '';

/** Compares what HeadObject tells with what was announced. Throws `UploadRejection`. */
export function assertAsAnnounced(stat: ObjectStat, upload: Upload): void {
  if (stat.size !== upload.fileSize) {
    throw new UploadRejection(
      'size_mismatch',
      `The object has ${stat.size} bytes, announced were ${upload.fileSize}.`,
    );
  }
  if (mediaType(stat.contentType) !== upload.contentType) {
    throw new UploadRejection(
      'type_mismatch',
      `The object was sent as ${stat.contentType}, announced was ${upload.contentType}.`,
    );
  }
  assertSameChecksum(stat.checksumSha256, upload);
}

function assertSameChecksum(found: string | null, upload: Upload): void {
  if (found === null || upload.checksumSha256 === null || found === upload.checksumSha256) return;
  throw new UploadRejection(
    'checksum_mismatch',
    'The SHA-256 of the object is not the one that was announced.',
  );
}

/**
 * Makes sure that a stored object is the announced file: length, type, checksum and first bytes.
 * Call it on the final key, which no client can write: on `incoming/` the answer could be outdated at once.
 * Gives the object's SHA-256, null when neither client nor storage told one. Throws `UploadRejection`.
 */
export async function verifyObject(
  stat: ObjectStat,
  upload: Upload,
  objects: ObjectStore,
): Promise<{ checksumSha256: string | null }> {
  assertAsAnnounced(stat, upload);
  const unproven = stat.checksumSha256 === null && upload.checksumSha256 !== null;
  const checksumSha256 = unproven ? await hashObject(stat.key, objects) : stat.checksumSha256;
  assertSameChecksum(checksumSha256, upload);
  const firstBytes = await objects.readRange(stat.key, 0, SNIFF_BYTES);
  const detected = await detectContentType(firstBytes);
  if (!contentMatches(upload.contentType, detected, firstBytes)) {
    throw new UploadRejection(
      'content_mismatch',
      `The content is ${detected ?? 'of no known type'}, not the announced ${upload.contentType}.`,
    );
  }
  return { checksumSha256 };
}
