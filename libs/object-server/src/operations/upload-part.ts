import type { Payload } from '../body/payload';
import { checksumHeader } from '../checksums/algorithms';
import { S3Error } from '../errors/s3-error';
import { quoteEtag } from '../http/etag';
import type { S3Call } from '../http/s3-call';
import type { S3Request } from '../http/s3-request';
import type { S3Response } from '../http/s3-response';
import { wholeSeconds, type UploadRecord } from '../store/records';
import { MAX_PUT_SIZE } from './put-object';

export const MAX_PART_NUMBER = 10_000;

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPart.html */
export async function uploadPart({ request, bucket, key, payload, store }: S3Call): Promise<S3Response> {
  const number = readPartNumber(request);
  const upload = store.uploads.require(bucket, key, request.query.get('uploadId') ?? '');
  if (payload.requireLength() > MAX_PUT_SIZE) {
    throw new S3Error('EntityTooLarge', { fields: { MaxSizeAllowed: String(MAX_PUT_SIZE) } });
  }
  const body = withUploadChecksum(payload, upload);
  const piece = await store.pieces.receive(body.chunks());
  const { md5, checksum } = body.digests();
  const part = {
    number,
    etag: md5,
    lastModified: wholeSeconds(Date.now()),
    checksum: checksum?.value ?? null,
    piece,
  };
  await store.uploads.putPart(bucket, upload, part);
  const headers = checksum && { [checksumHeader(checksum.algorithm)]: checksum.value };
  return { status: 200, headers: { etag: quoteEtag(md5), ...headers } };
}

export function readPartNumber({ query }: S3Request): number {
  const text = query.get('partNumber') ?? '';
  const number = Number(text);
  if (/^\d{1,5}$/.test(text) && number >= 1 && number <= MAX_PART_NUMBER) return number;
  throw new S3Error('InvalidArgument', {
    message: `Part number must be an integer between 1 and ${MAX_PART_NUMBER}, inclusive`,
    fields: { ArgumentName: 'partNumber', ArgumentValue: text },
  });
}

/**
 * The parts of an upload have the checksum that it was begun with; S3 itself computes one only for FULL_OBJECT. Where none
 * was named at the beginning, clients still send their default one: it is checked and not kept.
 */
function withUploadChecksum(payload: Payload, { checksum }: UploadRecord): Payload {
  const given = payload.checksumAlgorithm;
  if (checksum === null || given === checksum.algorithm) return payload;
  if (given === null && checksum.type === 'FULL_OBJECT') return payload.withChecksum(checksum.algorithm);
  throw new S3Error('InvalidRequest', {
    message: `Checksum Type mismatch occurred, expected checksum Type: ${checksum.algorithm.toLowerCase()}, actual checksum Type: ${given?.toLowerCase() ?? 'null'}`,
  });
}
