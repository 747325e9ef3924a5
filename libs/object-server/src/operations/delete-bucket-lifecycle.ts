import type { S3Call } from '../http/s3-call';
import { noContent, type S3Response } from '../http/s3-response';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketLifecycle.html */
export async function deleteBucketLifecycle({ bucket, store }: S3Call): Promise<S3Response> {
  await store.buckets.deleteConfiguration(bucket, 'lifecycle');
  return noContent;
}
