import { corsDocument, parseCorsXml } from '../cors/cors-xml';
import { S3Error } from '../errors/s3-error';
import { readProtectedXmlBody } from '../http/read-xml-body';
import type { S3Call } from '../http/s3-call';
import { noContent, xmlResponse, type S3Response } from '../http/s3-response';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketCors.html */
export async function putBucketCors(call: S3Call): Promise<S3Response> {
  const cors = parseCorsXml(await readProtectedXmlBody(call, 'CORSConfiguration'));
  await call.store.buckets.putConfiguration(call.bucket, { cors });
  return { status: 200 };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketCors.html */
export function getBucketCors({ bucket, store }: S3Call): S3Response {
  store.buckets.require(bucket);
  const configuration = store.buckets.configuration(bucket, 'cors');
  if (!configuration) throw new S3Error('NoSuchCORSConfiguration', { fields: { BucketName: bucket } });
  return xmlResponse(corsDocument(configuration));
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketCors.html */
export async function deleteBucketCors({ bucket, store }: S3Call): Promise<S3Response> {
  await store.buckets.deleteConfiguration(bucket, 'cors');
  return noContent;
}
