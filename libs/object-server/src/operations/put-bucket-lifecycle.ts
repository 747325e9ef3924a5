import { readProtectedXmlBody } from '../http/read-xml-body';
import type { S3Call } from '../http/s3-call';
import type { S3Response } from '../http/s3-response';
import { parseLifecycleXml } from '../lifecycle/lifecycle-xml';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketLifecycleConfiguration.html */
export async function putBucketLifecycle(call: S3Call): Promise<S3Response> {
  const lifecycle = parseLifecycleXml(await readProtectedXmlBody(call, 'LifecycleConfiguration'));
  await call.store.buckets.putConfiguration(call.bucket, { lifecycle });
  return { status: 200 };
}
