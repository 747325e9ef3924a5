import { S3Error } from '../errors/s3-error';
import { quoteEtag } from '../http/etag';
import type { S3Call } from '../http/s3-call';
import { xmlResponse, type S3Response } from '../http/s3-response';
import type { ListMarker } from '../store/list-page';
import type { ObjectRecord } from '../store/records';
import { branch, leaf, xmlDocument } from '../xml/build-xml';
import { OWNER_XML } from './owner-xml';
import { readEncoder, readLimit } from './page-parameters';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html */
export function listObjectsV2({ request: { query }, bucket, store }: S3Call): S3Response {
  const encode = readEncoder(query);
  const limit = readLimit(query, 'max-keys');
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter') ?? '';
  const token = query.get('continuation-token');
  const startAfter = query.get('start-after');
  const page = store.objects.list(bucket, {
    prefix,
    delimiter,
    limit,
    marker: readMarker(token, startAfter),
  });
  const owner = query.get('fetch-owner') === 'true' ? OWNER_XML : '';
  const document = xmlDocument(
    'ListBucketResult',
    leaf('Name', bucket),
    leaf('Prefix', encode(prefix)),
    delimiter === '' ? '' : leaf('Delimiter', encode(delimiter)),
    leaf('MaxKeys', limit),
    query.has('encoding-type') ? leaf('EncodingType', 'url') : '',
    leaf('KeyCount', page.values.length + page.commonPrefixes.length),
    leaf('IsTruncated', page.next !== null),
    token === undefined ? '' : leaf('ContinuationToken', token),
    startAfter === undefined ? '' : leaf('StartAfter', encode(startAfter)),
    page.next === null ? '' : leaf('NextContinuationToken', encodeToken(page.next)),
    ...page.values.map((record) => contents(record, encode, owner)),
    ...page.commonPrefixes.map((common) => branch('CommonPrefixes', leaf('Prefix', encode(common)))),
  );
  return xmlResponse(document);
}

function contents(record: ObjectRecord, encode: (text: string) => string, owner: string): string {
  return branch(
    'Contents',
    leaf('Key', encode(record.key)),
    leaf('LastModified', new Date(record.lastModified).toISOString()),
    leaf('ETag', quoteEtag(record.etag)),
    record.checksum
      ? leaf('ChecksumAlgorithm', record.checksum.algorithm) + leaf('ChecksumType', record.checksum.type)
      : '',
    leaf('Size', record.size),
    owner,
    leaf('StorageClass', 'STANDARD'),
  );
}

const encodeToken = (marker: ListMarker): string => Buffer.from(JSON.stringify(marker)).toString('base64url');

/** A token wins over start-after, which only says where the first page begins. */
function readMarker(token: string | undefined, startAfter: string | undefined): ListMarker | null {
  if (token !== undefined) return decodeToken(token);
  return startAfter === undefined || startAfter === '' ? null : { key: startAfter };
}

function decodeToken(token: string): ListMarker {
  try {
    const marker = JSON.parse(Buffer.from(token, 'base64url').toString()) as Partial<{
      key: unknown;
      commonPrefix: unknown;
    }>;
    if (typeof marker.key === 'string') return { key: marker.key };
    if (typeof marker.commonPrefix === 'string') return { commonPrefix: marker.commonPrefix };
  } catch {
    // Falls through to the same refusal as any other token that this server did not give.
  }
  throw new S3Error('InvalidArgument', {
    message: 'The continuation token provided is incorrect',
    fields: { ArgumentName: 'continuation-token' },
  });
}
