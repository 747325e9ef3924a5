import { S3Error } from '../errors/s3-error';
import type { S3Call } from '../http/s3-call';
import { xmlResponse, type S3Response } from '../http/s3-response';
import { lifecycleDocument } from '../lifecycle/lifecycle-xml';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLifecycleConfiguration.html */
export function getBucketLifecycle({ bucket, store }: S3Call): S3Response {
  store.buckets.require(bucket);
  const configuration = store.buckets.configuration(bucket, 'lifecycle');
  if (!configuration) throw new S3Error('NoSuchLifecycleConfiguration', { fields: { BucketName: bucket } });
  return xmlResponse(lifecycleDocument(configuration));
}
