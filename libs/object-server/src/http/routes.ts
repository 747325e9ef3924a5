import { deleteBucketCors, getBucketCors, putBucketCors } from '../operations/bucket-cors';
import { copyObject } from '../operations/copy-object';
import { createBucket } from '../operations/create-bucket';
import { deleteBucket } from '../operations/delete-bucket';
import { deleteObject } from '../operations/delete-object';
import { getBucketLocation } from '../operations/get-bucket-location';
import { getObject } from '../operations/get-object';
import { headBucket } from '../operations/head-bucket';
import { headObject } from '../operations/head-object';
import { listBuckets } from '../operations/list-buckets';
import { listObjectsV2 } from '../operations/list-objects-v2';
import { putObject } from '../operations/put-object';
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
  { name: 'PutBucketCors', method: 'PUT', on: 'bucket', subresources: ['cors'], run: putBucketCors },
  { name: 'GetBucketCors', method: 'GET', on: 'bucket', subresources: ['cors'], run: getBucketCors },
  { name: 'DeleteBucketCors', method: 'DELETE', on: 'bucket', subresources: ['cors'], run: deleteBucketCors },

  { name: 'PutObject', method: 'PUT', on: 'object', run: putObject },
  { name: 'CopyObject', method: 'PUT', on: 'object', copies: true, run: copyObject },
  { name: 'GetObject', method: 'GET', on: 'object', run: getObject },
  { name: 'HeadObject', method: 'HEAD', on: 'object', run: headObject },
  { name: 'DeleteObject', method: 'DELETE', on: 'object', run: deleteObject },
];
