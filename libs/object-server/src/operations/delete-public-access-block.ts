import type { S3Call } from '../http/s3-call';
import { noContent, type S3Response } from '../http/s3-response';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeletePublicAccessBlock.html */
export async function deletePublicAccessBlock({ bucket, store }: S3Call): Promise<S3Response> {
  await store.buckets.deleteConfiguration(bucket, 'public-access-block');
  return noContent;
}
