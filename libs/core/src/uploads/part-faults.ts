import type { FieldError } from '../shared/errors';
import { isMd5, isSha256 } from './announcement';
import type { AnnouncedPart } from './compare-parts';
import type { PartedUpload } from './storage-upload';
import { sizeOfPart } from './upload-plan';

type Fault = [field: string, message: string];

function sumFaults(part: AnnouncedPart, { partChecksum }: PartedUpload): Fault[] {
  if (partChecksum === 'md5') {
    return isMd5(part.contentMd5) ? [] : [['content_md5', 'must be the base64 of an MD5 digest']];
  }
  return isSha256(part.checksumSha256) ? [] : [['checksum_sha256', 'must be the base64 of a SHA-256 digest']];
}

function numberFaults({ partNumber, fileSize }: AnnouncedPart, upload: PartedUpload): Fault[] {
  const { partCount } = upload;
  if (!Number.isInteger(partNumber) || partNumber < 1 || partNumber > partCount) {
    return [['part_number', `must be from 1 to ${partCount}`]];
  }
  const planned = sizeOfPart(upload.fileSize, upload, partNumber);
  return fileSize === planned ? [] : [['size', `must be ${planned}, as planned for this part`]];
}

/** What of the parts does not fit the plan of their upload; fields as in the wire's `parts`. */
export function partFaults(parts: readonly AnnouncedPart[], upload: PartedUpload): FieldError[] {
  const seen = new Set<number>();
  return parts.flatMap((part, index) => {
    const faults = [...numberFaults(part, upload), ...sumFaults(part, upload)];
    if (seen.has(part.partNumber)) faults.push(['part_number', 'must not come twice in one call']);
    seen.add(part.partNumber);
    return faults.map(([field, message]) => ({ field: `parts[${index}].${field}`, message }));
  });
}
