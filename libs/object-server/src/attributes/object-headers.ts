import { checksumHeader } from '../checksums/algorithms';
import { quoteEtag } from '../http/etag';
import type { Checksum, ObjectRecord } from '../store/records';

/** What GetObject and HeadObject tell of an object, without its length. */
export function objectHeaders(record: ObjectRecord): Record<string, string> {
  const tagCount = Object.keys(record.tags).length;
  return {
    ...record.headers,
    ...Object.fromEntries(
      Object.entries(record.metadata).map(([name, value]) => [`x-amz-meta-${name}`, value]),
    ),
    ...(tagCount > 0 && { 'x-amz-tagging-count': String(tagCount) }),
    etag: quoteEtag(record.etag),
    'last-modified': new Date(record.lastModified).toUTCString(),
    'accept-ranges': 'bytes',
  };
}

export const checksumHeaders = (checksum: Checksum | null): Record<string, string> =>
  checksum === null
    ? {}
    : { [checksumHeader(checksum.algorithm)]: checksum.value, 'x-amz-checksum-type': checksum.type };
