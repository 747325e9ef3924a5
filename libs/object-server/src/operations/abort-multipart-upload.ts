import type { S3Call } from '../http/s3-call';
import { noContent, type S3Response } from '../http/s3-response';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_AbortMultipartUpload.html */
export async function abortMultipartUpload({ request, bucket, key, store }: S3Call): Promise<S3Response> {
  await store.uploads.abort(bucket, store.uploads.require(bucket, key, request.query.get('uploadId') ?? ''));
  return noContent;
}
