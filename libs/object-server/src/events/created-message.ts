import type { ObjectRecord } from '../store/records';

/** Operations that make an object, as S3 names their events. */
export const CREATED_BY: Readonly<Record<string, string>> = {
  PutObject: 'ObjectCreated:Put',
  CopyObject: 'ObjectCreated:Copy',
  CompleteMultipartUpload: 'ObjectCreated:CompleteMultipartUpload',
};

export interface Creation {
  eventName: string;
  bucket: string;
  region: string;
  record: ObjectRecord;
  at: Date;
  requestId: string;
}

/** As in forms, where a space is a plus; the slashes stay. */
const encodedKey = (key: string): string =>
  encodeURIComponent(key).replaceAll('%20', '+').replaceAll('%2F', '/');

/** One record of https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html */
export function createdMessage({ eventName, bucket, region, record, at, requestId }: Creation): object {
  return {
    eventVersion: '2.1',
    eventSource: 'aws:s3',
    awsRegion: region,
    eventTime: at.toISOString(),
    eventName,
    responseElements: { 'x-amz-request-id': requestId },
    s3: {
      s3SchemaVersion: '1.0',
      bucket: { name: bucket, arn: `arn:aws:s3:::${bucket}` },
      object: { key: encodedKey(record.key), size: record.size, eTag: record.etag },
    },
  };
}
