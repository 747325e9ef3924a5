import { corsDocument } from '../cors/cors-xml';
import { S3Error } from '../errors/s3-error';
import type { S3Call } from '../http/s3-call';
import { xmlResponse, type S3Response } from '../http/s3-response';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketCors.html */
export function getBucketCors({ bucket, store }: S3Call): S3Response {
  store.buckets.require(bucket);
  const configuration = store.buckets.configuration(bucket, 'cors');
  if (!configuration) throw new S3Error('NoSuchCORSConfiguration', { fields: { BucketName: bucket } });
  return xmlResponse(corsDocument(configuration));
}
