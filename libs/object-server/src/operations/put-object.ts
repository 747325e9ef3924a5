import { checksumHeaders } from '../attributes/object-headers';
import { readAttributes } from '../attributes/read-attributes';
import { readWriteGuard } from '../conditions/write-guard';
import { S3Error } from '../errors/s3-error';
import { quoteEtag } from '../http/etag';
import type { S3Call } from '../http/s3-call';
import type { S3Response } from '../http/s3-response';
import { wholeSeconds, type Checksum } from '../store/records';

/** As in S3; larger objects are made of parts. */
export const MAX_PUT_SIZE = 5 * 1024 ** 3;

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html */
export async function putObject({ request, bucket, key, payload, store }: S3Call): Promise<S3Response> {
  if (payload.requireLength() > MAX_PUT_SIZE) {
    throw new S3Error('EntityTooLarge', { fields: { MaxSizeAllowed: String(MAX_PUT_SIZE) } });
  }
  const attributes = readAttributes(request);
  const guard = readWriteGuard(request);
  // Asked once more with the write itself; asking now spares the client from sending a body in vain.
  guard(store.objects.find(bucket, key));

  const piece = await store.pieces.receive(payload.chunks());
  const digests = payload.digests();
  const checksum: Checksum | null = digests.checksum && { ...digests.checksum, type: 'FULL_OBJECT' };
  const record = {
    key,
    size: piece.size,
    etag: digests.md5,
    lastModified: wholeSeconds(Date.now()),
    checksum,
    pieces: [piece],
    ...attributes,
  };
  await store.objects.put(bucket, record, guard);
  return { status: 200, headers: { etag: quoteEtag(record.etag), ...checksumHeaders(checksum) } };
}
