import { quoteEtag } from '../http/etag';
import type { S3Call } from '../http/s3-call';
import { xmlResponse, type S3Response } from '../http/s3-response';
import type { PartRecord, UploadRecord } from '../store/records';
import { branch, leaf, xmlDocument } from '../xml/build-xml';
import { OWNER_XML } from './owner-xml';
import { readInteger, readLimit } from './page-parameters';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListParts.html */
export function listParts({ request: { query }, bucket, key, store }: S3Call): S3Response {
  const upload = store.uploads.require(bucket, key, query.get('uploadId') ?? '');
  const limit = readLimit(query, 'max-parts');
  const afterNumber = readInteger(query, 'part-number-marker') ?? 0;
  const found = store.uploads.parts(upload, { afterNumber, limit: limit + 1 });
  const parts = found.slice(0, limit);
  const isTruncated = limit > 0 && found.length > limit;
  const { checksum } = upload;
  const document = xmlDocument(
    'ListPartsResult',
    leaf('Bucket', bucket),
    leaf('Key', key),
    leaf('UploadId', upload.uploadId),
    OWNER_XML.replaceAll('Owner', 'Initiator'),
    OWNER_XML,
    leaf('StorageClass', 'STANDARD'),
    leaf('PartNumberMarker', afterNumber),
    isTruncated ? leaf('NextPartNumberMarker', parts.at(-1)?.number ?? afterNumber) : '',
    leaf('MaxParts', limit),
    leaf('IsTruncated', isTruncated),
    checksum ? leaf('ChecksumAlgorithm', checksum.algorithm) + leaf('ChecksumType', checksum.type) : '',
    ...parts.map((part) => partElement(part, checksum)),
  );
  return xmlResponse(document);
}

const partElement = (part: PartRecord, checksum: UploadRecord['checksum']): string =>
  branch(
    'Part',
    leaf('PartNumber', part.number),
    leaf('LastModified', new Date(part.lastModified).toISOString()),
    leaf('ETag', quoteEtag(part.etag)),
    leaf('Size', part.piece.size),
    checksum && part.checksum !== null ? leaf(`Checksum${checksum.algorithm}`, part.checksum) : '',
  );
