import { checksumHeaders } from '../attributes/object-headers';
import { CHECKSUM_ALGORITHMS, checksumHeader } from '../checksums/algorithms';
import { readWriteGuard } from '../conditions/write-guard';
import { S3Error } from '../errors/s3-error';
import { quoteEtag } from '../http/etag';
import { readXmlBody } from '../http/read-xml-body';
import type { S3Call } from '../http/s3-call';
import { amzHeader, type S3Request } from '../http/s3-request';
import { xmlResponse, type S3Response } from '../http/s3-response';
import { multipartChecksum, multipartEtag } from '../multipart/assemble-digests';
import { selectParts, type NamedPart } from '../multipart/select-parts';
import { totalSize } from '../pieces/piece';
import { wholeSeconds, type ObjectRecord } from '../store/records';
import { leaf, xmlDocument } from '../xml/build-xml';
import type { XmlElement } from '../xml/xml-element';
import { checksumLeaf } from './checksum-leaf';
import { MAX_PART_NUMBER } from './upload-part';

/**
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html. Repeated after success it succeeds again
 * as long as its object is the one of that key, so a client that lost the answer can ask once more.
 */
export async function completeMultipartUpload(call: S3Call): Promise<S3Response> {
  const { request, bucket, key, store } = call;
  const uploadId = request.query.get('uploadId') ?? '';
  const guard = readWriteGuard(request);
  const named = readNamedParts(await readXmlBody(call, 'CompleteMultipartUpload'));

  const current = store.objects.find(bucket, key);
  if (current?.uploadId === uploadId) return completionResult(call, current);
  const upload = store.uploads.require(bucket, key, uploadId);
  const parts = selectParts(upload, store.uploads.allParts(upload), named);
  const pieces = parts.map((part) => part.piece);
  const { headers, metadata, tags } = upload;
  const object: ObjectRecord = {
    key,
    size: totalSize(pieces),
    etag: multipartEtag(parts),
    lastModified: wholeSeconds(Date.now()),
    checksum: multipartChecksum(upload, parts),
    pieces,
    uploadId,
    headers,
    metadata,
    tags,
  };
  checkPromises(request, object);
  await store.uploads.complete(bucket, upload, { object, guard });
  return completionResult(call, object);
}

function completionResult({ request, bucket }: S3Call, { key, etag, checksum }: ObjectRecord): S3Response {
  const document = xmlDocument(
    'CompleteMultipartUploadResult',
    leaf('Location', `http://${request.headers.get('host') ?? ''}/${bucket}/${key}`),
    leaf('Bucket', bucket),
    leaf('Key', key),
    leaf('ETag', quoteEtag(etag)),
    checksumLeaf(checksum),
  );
  return xmlResponse(document, checksumHeaders(checksum));
}

function readNamedParts(root: XmlElement): NamedPart[] {
  const parts = root.children('Part').map((part) => ({
    number: part.integer('PartNumber', 1) ?? 0,
    etag: part.requireText('ETag'),
    checksums: Object.fromEntries(
      CHECKSUM_ALGORITHMS.map((algorithm) => [algorithm, part.text(`Checksum${algorithm}`)] as const),
    ),
  }));
  if (parts.length === 0 || parts.length > MAX_PART_NUMBER) throw new S3Error('MalformedXML');
  return parts;
}

/** What the client says of the whole object, which it need not. */
function checkPromises(request: S3Request, { size, checksum }: ObjectRecord): void {
  const promisedSize = amzHeader(request, 'x-amz-mp-object-size');
  if (promisedSize !== undefined && Number(promisedSize) !== size) {
    throw new S3Error('InvalidRequest', {
      message: `The provided 'x-amz-mp-object-size' header value ${promisedSize} does not match what was computed: ${size}`,
    });
  }
  const promisedType = amzHeader(request, 'x-amz-checksum-type');
  if (promisedType !== undefined && promisedType !== checksum?.type) {
    throw new S3Error('InvalidRequest', {
      message: `Checksum Type mismatch occurred, expected checksum Type: ${checksum?.type ?? 'null'}, actual checksum Type: ${promisedType}`,
    });
  }
  for (const algorithm of CHECKSUM_ALGORITHMS) {
    const promised = amzHeader(request, checksumHeader(algorithm));
    if (promised === undefined || promised === checksum?.value) continue;
    throw new S3Error('BadDigest', {
      message: `The ${algorithm} you specified did not match the calculated checksum.`,
    });
  }
}
