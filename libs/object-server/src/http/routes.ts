import { abortMultipartUpload } from '../operations/abort-multipart-upload';
import { completeMultipartUpload } from '../operations/complete-multipart-upload';
import { copyObject } from '../operations/copy-object';
import { createBucket } from '../operations/create-bucket';
import { createMultipartUpload } from '../operations/create-multipart-upload';
import { deleteBucket } from '../operations/delete-bucket';
import { deleteBucketCors } from '../operations/delete-bucket-cors';
import { deleteBucketLifecycle } from '../operations/delete-bucket-lifecycle';
import { deleteObject } from '../operations/delete-object';
import { deleteObjectTagging } from '../operations/delete-object-tagging';
import { deleteObjects } from '../operations/delete-objects';
import { deletePublicAccessBlock } from '../operations/delete-public-access-block';
import { getBucketCors } from '../operations/get-bucket-cors';
import { getBucketLifecycle } from '../operations/get-bucket-lifecycle';
import { getBucketLocation } from '../operations/get-bucket-location';
import { getObject } from '../operations/get-object';
import { getObjectTagging } from '../operations/get-object-tagging';
import { getPublicAccessBlock } from '../operations/get-public-access-block';
import { headBucket } from '../operations/head-bucket';
import { headObject } from '../operations/head-object';
import { listBuckets } from '../operations/list-buckets';
import { listMultipartUploads } from '../operations/list-multipart-uploads';
import { listObjectsV2 } from '../operations/list-objects-v2';
import { listParts } from '../operations/list-parts';
import { putBucketCors } from '../operations/put-bucket-cors';
import { putBucketLifecycle } from '../operations/put-bucket-lifecycle';
import { putObject } from '../operations/put-object';
import { putObjectTagging } from '../operations/put-object-tagging';
import { putPublicAccessBlock } from '../operations/put-public-access-block';
import { uploadPart } from '../operations/upload-part';
import { uploadPartCopy } from '../operations/upload-part-copy';
import type { Operation } from './s3-call';

export interface Route {
  /** As the Amazon S3 API Reference names it. */
  name: string;
  method: 'GET' | 'HEAD' | 'PUT' | 'POST' | 'DELETE';
  on: 'service' | 'bucket' | 'object';
  /** The sub-resources that the query must name; no others may be there. */
  subresources?: readonly string[];
  /** Whether x-amz-copy-source must be there; it may not be there otherwise. */
  copies?: boolean;
  /** What x-amz-checksum-… headers speak of; the body unless this says otherwise. */
  checksumOf?: 'object';
  run: Operation;
}

/** Everything that this server does. */
export const ROUTES: readonly Route[] = [
  { name: 'ListBuckets', method: 'GET', on: 'service', run: listBuckets },

  { name: 'CreateBucket', method: 'PUT', on: 'bucket', run: createBucket },
  { name: 'HeadBucket', method: 'HEAD', on: 'bucket', run: headBucket },
  { name: 'DeleteBucket', method: 'DELETE', on: 'bucket', run: deleteBucket },
  {
    name: 'GetBucketLocation',
    method: 'GET',
    on: 'bucket',
    subresources: ['location'],
    run: getBucketLocation,
  },
  { name: 'ListObjectsV2', method: 'GET', on: 'bucket', subresources: ['list-type'], run: listObjectsV2 },
  {
    name: 'ListMultipartUploads',
    method: 'GET',
    on: 'bucket',
    subresources: ['uploads'],
    run: listMultipartUploads,
  },
  { name: 'DeleteObjects', method: 'POST', on: 'bucket', subresources: ['delete'], run: deleteObjects },
  { name: 'PutBucketCors', method: 'PUT', on: 'bucket', subresources: ['cors'], run: putBucketCors },
  { name: 'GetBucketCors', method: 'GET', on: 'bucket', subresources: ['cors'], run: getBucketCors },
  { name: 'DeleteBucketCors', method: 'DELETE', on: 'bucket', subresources: ['cors'], run: deleteBucketCors },
  {
    name: 'PutBucketLifecycleConfiguration',
    method: 'PUT',
    on: 'bucket',
    subresources: ['lifecycle'],
    run: putBucketLifecycle,
  },
  {
    name: 'GetBucketLifecycleConfiguration',
    method: 'GET',
    on: 'bucket',
    subresources: ['lifecycle'],
    run: getBucketLifecycle,
  },
  {
    name: 'DeleteBucketLifecycle',
    method: 'DELETE',
    on: 'bucket',
    subresources: ['lifecycle'],
    run: deleteBucketLifecycle,
  },
  {
    name: 'PutPublicAccessBlock',
    method: 'PUT',
    on: 'bucket',
    subresources: ['publicAccessBlock'],
    run: putPublicAccessBlock,
  },
  {
    name: 'GetPublicAccessBlock',
    method: 'GET',
    on: 'bucket',
    subresources: ['publicAccessBlock'],
    run: getPublicAccessBlock,
  },
  {
    name: 'DeletePublicAccessBlock',
    method: 'DELETE',
    on: 'bucket',
    subresources: ['publicAccessBlock'],
    run: deletePublicAccessBlock,
  },

  { name: 'PutObject', method: 'PUT', on: 'object', run: putObject },
  { name: 'CopyObject', method: 'PUT', on: 'object', copies: true, run: copyObject },
  { name: 'GetObject', method: 'GET', on: 'object', run: getObject },
  { name: 'HeadObject', method: 'HEAD', on: 'object', run: headObject },
  { name: 'DeleteObject', method: 'DELETE', on: 'object', run: deleteObject },
  { name: 'PutObjectTagging', method: 'PUT', on: 'object', subresources: ['tagging'], run: putObjectTagging },
  { name: 'GetObjectTagging', method: 'GET', on: 'object', subresources: ['tagging'], run: getObjectTagging },
  {
    name: 'DeleteObjectTagging',
    method: 'DELETE',
    on: 'object',
    subresources: ['tagging'],
    run: deleteObjectTagging,
  },
  {
    name: 'CreateMultipartUpload',
    method: 'POST',
    on: 'object',
    subresources: ['uploads'],
    run: createMultipartUpload,
  },
  {
    name: 'UploadPart',
    method: 'PUT',
    on: 'object',
    subresources: ['partNumber', 'uploadId'],
    run: uploadPart,
  },
  {
    name: 'UploadPartCopy',
    method: 'PUT',
    on: 'object',
    subresources: ['partNumber', 'uploadId'],
    copies: true,
    run: uploadPartCopy,
  },
  { name: 'ListParts', method: 'GET', on: 'object', subresources: ['uploadId'], run: listParts },
  {
    name: 'CompleteMultipartUpload',
    method: 'POST',
    on: 'object',
    subresources: ['uploadId'],
    checksumOf: 'object',
    run: completeMultipartUpload,
  },
  {
    name: 'AbortMultipartUpload',
    method: 'DELETE',
    on: 'object',
    subresources: ['uploadId'],
    run: abortMultipartUpload,
  },
];
