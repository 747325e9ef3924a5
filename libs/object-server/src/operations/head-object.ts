import type { S3Call } from '../http/s3-call';
import type { S3Response } from '../http/s3-response';
import { selectVersion } from './object-version';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html */
export function headObject({ request, bucket, key, store }: S3Call): S3Response {
  const { status, headers } = selectVersion(request, store.objects.require(bucket, key));
  return { status, headers };
}
