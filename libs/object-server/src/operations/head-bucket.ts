import type { S3Call } from '../http/s3-call';
import type { S3Response } from '../http/s3-response';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadBucket.html */
export function headBucket({ bucket, region, store }: S3Call): S3Response {
  store.buckets.require(bucket);
  return { status: 200, headers: { 'x-amz-bucket-region': region } };
}
