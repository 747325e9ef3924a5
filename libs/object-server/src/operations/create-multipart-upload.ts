import { randomBytes } from 'node:crypto';
import { readAttributes } from '../attributes/read-attributes';
import { isChecksumAlgorithm } from '../checksums/algorithms';
import { isCombinable } from '../checksums/combine-crc';
import { S3Error } from '../errors/s3-error';
import type { S3Call } from '../http/s3-call';
import { amzHeader, type S3Request } from '../http/s3-request';
import { xmlResponse, type S3Response } from '../http/s3-response';
import { wholeSeconds, type UploadRecord } from '../store/records';
import { leaf, xmlDocument } from '../xml/build-xml';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateMultipartUpload.html */
export async function createMultipartUpload({ request, bucket, key, store }: S3Call): Promise<S3Response> {
  const now = Date.now();
  const checksum = readUploadChecksum(request);
  const initiated = wholeSeconds(now);
  const upload = { uploadId: newUploadId(now), key, initiated, checksum, ...readAttributes(request) };
  await store.uploads.create(bucket, upload);
  const document = xmlDocument(
    'InitiateMultipartUploadResult',
    leaf('Bucket', bucket),
    leaf('Key', key),
    leaf('UploadId', upload.uploadId),
  );
  const headers = checksum && {
    'x-amz-checksum-algorithm': checksum.algorithm,
    'x-amz-checksum-type': checksum.type,
  };
  return xmlResponse(document, headers ?? {});
}

/** Begins with the time, so that the uploads of a key are listed in the order in which they were begun. */
const newUploadId = (now: number): string =>
  now.toString(16).padStart(12, '0') + randomBytes(16).toString('hex');

/** Throws InvalidRequest where algorithm and type don't go together. */
function readUploadChecksum(request: S3Request): UploadRecord['checksum'] {
  const algorithm = amzHeader(request, 'x-amz-checksum-algorithm')?.toUpperCase();
  const givenType = amzHeader(request, 'x-amz-checksum-type')?.toUpperCase();
  if (algorithm === undefined) {
    if (givenType === undefined) return null;
    throw new S3Error('InvalidRequest', {
      message: 'The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.',
    });
  }
  if (!isChecksumAlgorithm(algorithm)) {
    throw new S3Error('InvalidRequest', { message: 'Checksum algorithm provided is unsupported.' });
  }
  const type = givenType ?? (algorithm === 'CRC64NVME' ? 'FULL_OBJECT' : 'COMPOSITE');
  if (type !== 'FULL_OBJECT' && type !== 'COMPOSITE') {
    throw new S3Error('InvalidRequest', { message: 'Value for x-amz-checksum-type header is invalid.' });
  }
  const isPossible = type === 'FULL_OBJECT' ? isCombinable(algorithm) : algorithm !== 'CRC64NVME';
  if (isPossible) return { algorithm, type };
  throw new S3Error('InvalidRequest', {
    message: `The ${type} checksum type cannot be used with the ${algorithm.toLowerCase()} checksum algorithm.`,
  });
}
