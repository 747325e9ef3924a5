import type { S3Call } from '../http/s3-call';
import { xmlResponse, type S3Response } from '../http/s3-response';
import { branch, leaf, xmlDocument } from '../xml/build-xml';
import { OWNER_XML } from './owner-xml';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html */
export function listBuckets({ store }: S3Call): S3Response {
  const buckets = store.buckets
    .list()
    .map(({ name, createdAt }) =>
      branch('Bucket', leaf('Name', name), leaf('CreationDate', new Date(createdAt).toISOString())),
    );
  return xmlResponse(xmlDocument('ListAllMyBucketsResult', OWNER_XML, branch('Buckets', ...buckets)));
}
