import { toHeaderText } from '../attributes/header-text';
import { checksumHeaders, objectHeaders } from '../attributes/object-headers';
import { findFailedCondition } from '../conditions/read-conditions';
import { S3Error } from '../errors/s3-error';
import { namesEtag, quoteEtag } from '../http/etag';
import { parseRange } from '../http/parse-range';
import { amzHeader, type S3Request } from '../http/s3-request';
import type { ByteRange } from '../pieces/read-pieces';
import type { ObjectRecord } from '../store/records';

export interface SelectedVersion {
  status: 200 | 206 | 304;
  headers: Record<string, string>;
  /** Null when nothing of the object is to be sent. */
  range: ByteRange | null;
}

/** What GetObject and HeadObject have in common: conditions, range, headers. Throws PreconditionFailed or InvalidRange. */
export function selectVersion(request: S3Request, record: ObjectRecord): SelectedVersion {
  if (isUnchanged(request, record)) {
    const { etag, 'last-modified': lastModified } = objectHeaders(record);
    return { status: 304, headers: { etag: etag ?? '', 'last-modified': lastModified ?? '' }, range: null };
  }
  const range = readRange(request, record);
  const headers = { ...objectHeaders(record), ...readOverrides(request) };
  if (range) {
    headers['content-range'] = `bytes ${range.start}-${range.end}/${record.size}`;
    headers['content-length'] = String(range.end - range.start + 1);
    return { status: 206, headers, range };
  }
  headers['content-length'] = String(record.size);
  if (amzHeader(request, 'x-amz-checksum-mode')?.toUpperCase() === 'ENABLED') {
    Object.assign(headers, checksumHeaders(record.checksum));
  }
  return { status: 200, headers, range: record.size === 0 ? null : { start: 0, end: record.size - 1 } };
}

function isUnchanged({ headers }: S3Request, record: ObjectRecord): boolean {
  const failed = findFailedCondition(
    {
      ifMatch: headers.get('if-match'),
      ifNoneMatch: headers.get('if-none-match'),
      ifModifiedSince: headers.get('if-modified-since'),
      ifUnmodifiedSince: headers.get('if-unmodified-since'),
    },
    record,
  );
  if (failed === 'If-Match' || failed === 'If-Unmodified-Since') {
    throw new S3Error('PreconditionFailed', {
      fields: { Condition: failed },
      headers: { etag: quoteEtag(record.etag) },
    });
  }
  return failed !== null;
}

function readRange({ headers }: S3Request, record: ObjectRecord): ByteRange | null {
  const header = headers.get('range');
  const ifRange = headers.get('if-range');
  if (ifRange !== undefined && !isSameVersion(ifRange, record)) return null;
  const range = parseRange(header, record.size);
  if (range !== 'unsatisfiable') return range;
  throw new S3Error('InvalidRange', {
    fields: { RangeRequested: header ?? '', ActualObjectSize: String(record.size) },
    headers: { 'content-range': `bytes */${record.size}` },
  });
}

const isSameVersion = (ifRange: string, { etag, lastModified }: ObjectRecord): boolean =>
  namesEtag(ifRange, etag) || Date.parse(ifRange) === lastModified;

/** `response-content-type` and its like; nobody but the signer can have set them. */
function readOverrides({ query }: S3Request): Record<string, string> {
  const names = [
    'cache-control',
    'content-disposition',
    'content-encoding',
    'content-language',
    'content-type',
    'expires',
  ];
  const given = names.map((name) => [name, query.get(`response-${name}`)] as const);
  return Object.fromEntries(
    given.flatMap(([name, value]) => (value === undefined ? [] : [[name, toHeaderText(value)] as const])),
  );
}
