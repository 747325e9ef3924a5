import { parseCorsXml } from '../cors/cors-xml';
import { readProtectedXmlBody } from '../http/read-xml-body';
import type { S3Call } from '../http/s3-call';
import type { S3Response } from '../http/s3-response';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketCors.html */
export async function putBucketCors(call: S3Call): Promise<S3Response> {
  const cors = parseCorsXml(await readProtectedXmlBody(call, 'CORSConfiguration'));
  await call.store.buckets.putConfiguration(call.bucket, { cors });
  return { status: 200 };
}
