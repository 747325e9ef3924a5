import type { Query } from '../http/query';
import type { S3Call } from '../http/s3-call';
import { xmlResponse, type S3Response } from '../http/s3-response';
import type { ListMarker } from '../store/list-page';
import type { UploadRecord } from '../store/records';
import { branch, leaf, xmlDocument } from '../xml/build-xml';
import { OWNER_XML } from './owner-xml';
import { readEncoder, readLimit } from './page-parameters';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListMultipartUploads.html */
export function listMultipartUploads({ request: { query }, bucket, store }: S3Call): S3Response {
  const encode = readEncoder(query);
  const limit = readLimit(query, 'max-uploads');
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter') ?? '';
  const page = store.uploads.list(bucket, { prefix, delimiter, limit, marker: readMarker(query) });
  const document = xmlDocument(
    'ListMultipartUploadsResult',
    leaf('Bucket', bucket),
    leaf('KeyMarker', encode(query.get('key-marker') ?? '')),
    leaf('UploadIdMarker', query.get('upload-id-marker') ?? ''),
    page.next === null ? '' : nextMarkers(page.next, encode),
    leaf('Prefix', encode(prefix)),
    delimiter === '' ? '' : leaf('Delimiter', encode(delimiter)),
    leaf('MaxUploads', limit),
    query.has('encoding-type') ? leaf('EncodingType', 'url') : '',
    leaf('IsTruncated', page.next !== null),
    ...page.values.map((upload) => uploadElement(upload, encode)),
    ...page.commonPrefixes.map((common) => branch('CommonPrefixes', leaf('Prefix', encode(common)))),
  );
  return xmlResponse(document);
}

const uploadElement = (upload: UploadRecord, encode: (text: string) => string): string =>
  branch(
    'Upload',
    leaf('UploadId', upload.uploadId),
    leaf('Key', encode(upload.key)),
    OWNER_XML.replaceAll('Owner', 'Initiator'),
    OWNER_XML,
    leaf('StorageClass', 'STANDARD'),
    leaf('Initiated', new Date(upload.initiated).toISOString()),
    upload.checksum
      ? leaf('ChecksumAlgorithm', upload.checksum.algorithm) + leaf('ChecksumType', upload.checksum.type)
      : '',
  );

/** Behind one upload, behind all uploads of a key, or behind the common prefix that ended the page before. */
function readMarker(query: Query): ListMarker | null {
  const key = query.get('key-marker') ?? '';
  const uploadId = query.get('upload-id-marker') ?? '';
  const delimiter = query.get('delimiter') ?? '';
  if (key === '') return null;
  if (uploadId !== '') return { key: `${key}\0${uploadId}` };
  return { commonPrefix: delimiter !== '' && key.endsWith(delimiter) ? key : `${key}\0` };
}

function nextMarkers(marker: ListMarker, encode: (text: string) => string): string {
  if ('commonPrefix' in marker) return leaf('NextKeyMarker', encode(marker.commonPrefix));
  const end = marker.key.lastIndexOf('\0');
  const key = leaf('NextKeyMarker', encode(marker.key.slice(0, end)));
  return key + leaf('NextUploadIdMarker', marker.key.slice(end + 1));
}
