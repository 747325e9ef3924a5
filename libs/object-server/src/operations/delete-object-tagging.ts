import type { S3Call } from '../http/s3-call';
import { noContent, type S3Response } from '../http/s3-response';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjectTagging.html */
export async function deleteObjectTagging({ bucket, key, store }: S3Call): Promise<S3Response> {
  await store.objects.replaceTags(bucket, key, {});
  return noContent;
}
