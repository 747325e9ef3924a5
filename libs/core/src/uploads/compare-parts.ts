import type { StoredPart } from '@slipway/platform/object-store/object-store';
import type { UploadPart } from './upload-part.entity';

export type AnnouncedPart = Pick<UploadPart, 'partNumber' | 'fileSize' | 'checksumSha256' | 'contentMd5'>;

/** `unproven`: nothing speaks against it, but the storage tells no sum that could be compared. */
type Verdict = 'same' | 'unproven' | 'other';

/** An ETag has this form where it is the MD5 of the part, which `md5` storages were found to tell. */
const MD5_HEX = /^[0-9a-f]{32}$/;

const md5Hex = (base64: string): string => Buffer.from(base64, 'base64').toString('hex');

export function judgePart(stored: StoredPart, announced: AnnouncedPart): Verdict {
  if (stored.size !== announced.fileSize) return 'other';
  if (announced.checksumSha256 !== null && stored.checksumSha256 !== null) {
    return stored.checksumSha256 === announced.checksumSha256 ? 'same' : 'other';
  }
  if (announced.contentMd5 !== null && MD5_HEX.test(stored.etag)) {
    return stored.etag === md5Hex(announced.contentMd5) ? 'same' : 'other';
  }
  return 'unproven';
}

export interface PartComparison {
  /** The storage has them, and they are what was announced as far as can be told; by number. */
  present: StoredPart[];
  /** Numbers of those that still have to be sent. */
  missing: number[];
  /** Whether the storage told a sum of each present part. */
  proven: boolean;
}

/** What of an upload of `partCount` parts has arrived. A part that is not the announced one counts as missing. */
export function compareParts(
  partCount: number,
  announced: readonly AnnouncedPart[],
  stored: readonly StoredPart[],
): PartComparison {
  const announcedOf = new Map(announced.map((part) => [part.partNumber, part]));
  const storedOf = new Map(stored.map((part) => [part.partNumber, part]));
  const comparison: PartComparison = { present: [], missing: [], proven: true };
  for (let partNumber = 1; partNumber <= partCount; partNumber += 1) {
    const [here, told] = [storedOf.get(partNumber), announcedOf.get(partNumber)];
    const verdict = here && told ? judgePart(here, told) : 'other';
    if (!here || verdict === 'other') comparison.missing.push(partNumber);
    else comparison.present.push(here);
    if (verdict === 'unproven') comparison.proven = false;
  }
  return comparison;
}
