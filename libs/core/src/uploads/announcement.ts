import { DomainError, type FieldError } from '../shared/errors';
import { nameFault } from '../shared/file-name';

/** What a client says of a file before it sends it. */
export interface Announcement {
  fileName: string;
  /** Bytes. */
  fileSize: number;
  contentType: string;
  /** Base64 of the 32-byte digest. */
  checksumSha256?: string | null;
}

export interface BeginUploadInput extends Announcement {
  projectId: string;
  /** Finds the upload again that an earlier call with this key has begun. */
  idempotencyKey?: string | null;
}

const MEDIA_TYPE = /^[a-z0-9][a-z0-9!#$&^_.+-]{0,126}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,126}$/;
const SHA256_BASE64 = /^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/;
const MD5_BASE64 = /^[A-Za-z0-9+/]{21}[AQgw]==$/;

/** The base64 of 32 bytes, in its one canonical form. */
export const isSha256 = (sum: string | null): boolean => sum !== null && SHA256_BASE64.test(sum);

/** The base64 of 16 bytes, in its one canonical form. */
export const isMd5 = (sum: string | null): boolean => sum !== null && MD5_BASE64.test(sum);

/** RFC 6838 §4.2, in lower case and without parameters: `image/png`. */
function typeFault(type: string): string | null {
  return MEDIA_TYPE.test(type) ? null : 'must be a media type such as image/png, without parameters';
}

function checksumFault(checksum: string | null | undefined): string | null {
  if (checksum === null || checksum === undefined || isSha256(checksum)) return null;
  return 'must be the base64 of a SHA-256 digest';
}

/** Every fault of an announcement; none means it can be begun. */
export function announcementFaults(file: Announcement): FieldError[] {
  const size = Number.isSafeInteger(file.fileSize) && file.fileSize > 0 ? null : 'must be at least 1 byte';
  const faults: [string, string | null][] = [
    ['file_name', nameFault(file.fileName)],
    ['file_size', size],
    ['content_type', typeFault(file.contentType)],
    ['checksum_sha256', checksumFault(file.checksumSha256)],
  ];
  return faults.flatMap(([field, message]) => (message === null ? [] : [{ field, message }]));
}

/** Fails with `invalid_request` and all faults, or with `file_too_large`. */
export function assertAcceptable(file: Announcement, maxFileSize: number): void {
  const errors = announcementFaults(file);
  if (errors.length > 0) {
    throw new DomainError('invalid_request', 'The file cannot be uploaded as announced.', { errors });
  }
  if (file.fileSize > maxFileSize) {
    throw new DomainError('file_too_large', 'The file is larger than one upload may be.', {
      facts: { limit: maxFileSize, size: file.fileSize },
    });
  }
}
