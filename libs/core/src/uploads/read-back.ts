import { createHash } from 'node:crypto';
import type { AnnouncedPart } from './compare-parts';
import { UploadRejection } from './upload';

const hashOf = (part: AnnouncedPart) => createHash(part.checksumSha256 === null ? 'md5' : 'sha256');

/**
 * Hashes a stored object, as one stream, in the pieces its parts were announced in (by number), and compares.
 * For storages that tell no sums of parts. Throws `UploadRejection`.
 */
export async function assertSameParts(
  body: AsyncIterable<Buffer>,
  announced: readonly AnnouncedPart[],
): Promise<void> {
  const parts = announced.values();
  let part = parts.next().value;
  let hash = part && hashOf(part);
  let left = part?.fileSize ?? 0;
  for await (const chunk of body) {
    for (let rest = chunk; rest.length > 0 && part && hash;) {
      const taken = rest.subarray(0, left);
      hash.update(taken);
      rest = rest.subarray(taken.length);
      left -= taken.length;
      if (left > 0) continue;
      assertSum(part, hash.digest('base64'));
      part = parts.next().value;
      hash = part && hashOf(part);
      left = part?.fileSize ?? 0;
    }
  }
  if (part) assertSum(part, null);
}

function assertSum(part: AnnouncedPart, found: string | null): void {
  if (found === (part.checksumSha256 ?? part.contentMd5)) return;
  throw new UploadRejection('checksum_mismatch', `Part ${part.partNumber} is not what was announced.`);
}
