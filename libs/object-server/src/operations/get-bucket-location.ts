import type { S3Call } from '../http/s3-call';
import { xmlResponse, type S3Response } from '../http/s3-response';
import { escapeXml } from '../xml/escape-xml';
import { xmlDocument } from '../xml/build-xml';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLocation.html: us-east-1 is told by an empty element. */
export function getBucketLocation({ bucket, region, store }: S3Call): S3Response {
  store.buckets.require(bucket);
  return xmlResponse(xmlDocument('LocationConstraint', region === 'us-east-1' ? '' : escapeXml(region)));
}
