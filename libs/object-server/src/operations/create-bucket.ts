import { S3Error } from '../errors/s3-error';
import { readTextBody } from '../http/read-xml-body';
import type { S3Call } from '../http/s3-call';
import type { S3Response } from '../http/s3-response';
import { wholeSeconds } from '../store/records';
import { XmlElement } from '../xml/xml-element';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html */
export async function createBucket(call: S3Call): Promise<S3Response> {
  const { bucket, region, store } = call;
  if (!isBucketName(bucket)) throw new S3Error('InvalidBucketName', { fields: { BucketName: bucket } });
  const xml = await readTextBody(call);
  const location =
    xml === '' ? undefined : XmlElement.parse(xml, 'CreateBucketConfiguration').text('LocationConstraint');
  if (location !== undefined && location !== region) {
    throw new S3Error('IllegalLocationConstraintException', {
      message: `The ${location} location constraint is incompatible for the region specific endpoint this request was sent to.`,
    });
  }
  await store.buckets.create(bucket, wholeSeconds(Date.now()));
  return { status: 200, headers: { location: `/${bucket}` } };
}

/** Amazon S3 User Guide, "General purpose bucket naming rules". */
const isBucketName = (name: string): boolean =>
  /^[a-z0-9](?:[a-z0-9-]|\.(?!\.)){1,61}[a-z0-9]$/.test(name) && !/^\d+\.\d+\.\d+\.\d+$/.test(name);
