import type { ObjectRecord } from '../store/records';
import { createdMessage } from './created-message';

test('a message names bucket, key, size and ETag as S3 does', () => {
  const record = { key: 'a b/ü+.txt', size: 12, etag: 'abc' } as ObjectRecord;
  const at = new Date('2026-11-21T06:00:00Z');
  const creation = { eventName: 'ObjectCreated:Put', bucket: 'b', region: 'r', record, at, requestId: 'R1' };
  expect(createdMessage(creation)).toEqual({
    eventVersion: '2.1',
    eventSource: 'aws:s3',
    awsRegion: 'r',
    eventTime: '2026-11-21T06:00:00.000Z',
    eventName: 'ObjectCreated:Put',
    responseElements: { 'x-amz-request-id': 'R1' },
    s3: {
      s3SchemaVersion: '1.0',
      bucket: { name: 'b', arn: 'arn:aws:s3:::b' },
      object: { key: 'a+b/%C3%BC%2B.txt', size: 12, eTag: 'abc' },
    },
  });
});
