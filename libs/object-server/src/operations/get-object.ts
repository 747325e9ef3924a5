import type { S3Call } from '../http/s3-call';
import type { S3Response } from '../http/s3-response';
import { selectVersion } from './object-version';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html */
export function getObject({ request, bucket, key, store }: S3Call): S3Response {
  const record = store.objects.require(bucket, key);
  const { status, headers, range } = selectVersion(request, record);
  if (!range) return { status, headers };
  // Held from this very tick on, so that a PUT or DELETE in the middle of the answer cannot take the bytes away.
  const release = store.pieces.hold(record.pieces);
  return { status, headers, stream: store.pieces.read(record.pieces, range), release };
}
