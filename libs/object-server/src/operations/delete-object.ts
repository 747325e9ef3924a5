import { readWriteGuard } from '../conditions/write-guard';
import type { S3Call } from '../http/s3-call';
import { noContent, type S3Response } from '../http/s3-response';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObject.html */
export async function deleteObject({ request, bucket, key, store }: S3Call): Promise<S3Response> {
  await store.objects.delete(bucket, key, readWriteGuard(request));
  return noContent;
}
