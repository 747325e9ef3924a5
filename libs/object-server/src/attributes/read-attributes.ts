import { S3Error } from '../errors/s3-error';
import { Query } from '../http/query';
import { amzHeader, type S3Request } from '../http/s3-request';
import type { ObjectAttributes } from '../store/records';
import { toHeaderText } from './header-text';
import { checkTags } from './tag-rules';

const METADATA = 'x-amz-meta-';
const MAX_METADATA_BYTES = 2048;
const KEPT_HEADERS = [
  'cache-control',
  'content-disposition',
  'content-language',
  'content-type',
  'expires',
] as const;
const DEFAULT_CONTENT_TYPE = 'binary/octet-stream';

/** What the headers of a request say of the object that it makes. */
export function readAttributes(request: S3Request): ObjectAttributes {
  return { headers: readKeptHeaders(request), metadata: readMetadata(request), tags: readTags(request) };
}

export function readTags(request: S3Request): Record<string, string> {
  return checkTags(new Query(amzHeader(request, 'x-amz-tagging') ?? '').pairs);
}

function readKeptHeaders({ headers }: S3Request): Record<string, string> {
  const kept: Record<string, string> = { 'content-type': DEFAULT_CONTENT_TYPE };
  for (const name of KEPT_HEADERS) {
    const value = headers.get(name);
    if (value !== undefined && value !== '') kept[name] = value;
  }
  const encoding = withoutAwsChunked(headers.get('content-encoding') ?? '');
  if (encoding !== '') kept['content-encoding'] = encoding;
  return kept;
}

/** aws-chunked is how the body travelled, not what the object is. */
const withoutAwsChunked = (encoding: string): string =>
  encoding
    .split(',')
    .map((token) => token.trim())
    .filter((token) => token !== '' && token !== 'aws-chunked')
    .join(',');

function readMetadata({ headers, query }: S3Request): Record<string, string> {
  const inQuery = query.pairs.map(([name, value]) => [name.toLowerCase(), toHeaderText(value)] as const);
  const inHeaders = headers.names().map((name) => [name, headers.get(name) ?? ''] as const);
  const pairs = [...inQuery, ...inHeaders]
    .filter(([name]) => name.startsWith(METADATA))
    .map(([name, value]) => [name.slice(METADATA.length), value] as const);
  const size = pairs.reduce((sum, [name, value]) => sum + name.length + value.length, 0);
  if (size > MAX_METADATA_BYTES) {
    throw new S3Error('MetadataTooLarge', {
      fields: { MaxSizeAllowed: String(MAX_METADATA_BYTES), Size: String(size) },
    });
  }
  return Object.fromEntries(pairs);
}
