import { S3Error } from '../errors/s3-error';
import type { S3Call } from '../http/s3-call';
import { xmlResponse, type S3Response } from '../http/s3-response';
import { leaf, xmlDocument } from '../xml/build-xml';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetPublicAccessBlock.html */
export function getPublicAccessBlock({ bucket, store }: S3Call): S3Response {
  store.buckets.require(bucket);
  const block = store.buckets.configuration(bucket, 'public-access-block');
  if (!block) throw new S3Error('NoSuchPublicAccessBlockConfiguration', { fields: { BucketName: bucket } });
  const flags = Object.entries(block).map(([name, isSet]) => leaf(name, String(isSet)));
  return xmlResponse(xmlDocument('PublicAccessBlockConfiguration', ...flags));
}
