import { readStorageEvents } from './read-storage-events';

const record = (key: string, eventName = 'ObjectCreated:Put') => ({
  eventVersion: '2.1',
  eventSource: 'aws:s3',
  eventName,
  s3: { s3SchemaVersion: '1.0', bucket: { name: 'slipway' }, object: { key, size: 12, eTag: 'abc' } },
});

/** As Ceph 16.2 sent it to a topic when the AWS SDK had PUT an object. */
const CEPH_MESSAGE = {
  Records: [
    {
      eventVersion: '2.2',
      eventSource: 'ceph:s3',
      awsRegion: '',
      eventTime: '2026-11-21T07:00:18.244537Z',
      eventName: 'ObjectCreated:Put',
      userIdentity: {
        principalId: 'slipway',
      },
      requestParameters: {
        sourceIPAddress: '',
      },
      responseElements: {
        'x-amz-request-id': '4fba213b-25d0-4f4d-be49-65bd7237139a.4118.10867901514704983033',
        'x-amz-id-2': '1016-default-default',
      },
      s3: {
        s3SchemaVersion: '1.0',
        configurationId: 'uploads',
        bucket: {
          name: 'slipway',
          ownerIdentity: {
            principalId: 'slipway',
          },
          arn: 'arn:aws:s3:::slipway',
          id: '4fba213b-25d0-4f4d-be49-65bd7237139a.4120.1',
        },
        object: {
          key: 'incoming/UPL-1',
          size: 12,
          eTag: 'c91fa94e14cf2fa5474beceff788c0dc',
          versionId: '',
          sequencer: '8241016B1D24AE0E',
          metadata: [
            {
              key: 'x-amz-content-sha256',
              val: 'd4ce2c527afe674c7a086bd74e256019e3d5dcdb31eeb6eaadef5ada8c4383b9',
            },
            {
              key: 'x-amz-date',
              val: '20261121T070018Z',
            },
            {
              key: 'x-amz-user-agent',
              val: 'aws-sdk-js/3.1168.0',
            },
          ],
          tags: [],
        },
      },
      eventId: '1795244418.246293.c91fa94e14cf2fa5474beceff788c0dc',
      opaqueData: '',
    },
  ],
};

test('created objects are read, with their keys decoded', () => {
  expect(readStorageEvents({ Records: [record('incoming/UPL-1'), record('a+b%2Bc/%C3%BC')] })).toEqual([
    { bucket: 'slipway', key: 'incoming/UPL-1' },
    { bucket: 'slipway', key: 'a b+c/ü' },
  ]);
});

test('a message of Ceph is read, with what it has besides', () => {
  expect(readStorageEvents(CEPH_MESSAGE)).toEqual([{ bucket: 'slipway', key: 'incoming/UPL-1' }]);
});

test('a key that Ceph has not encoded is no fault', () => {
  const events = readStorageEvents({ Records: [record('100% ü/"q"'), record('incoming/UPL-1')] });
  expect(events).toEqual([{ bucket: 'slipway', key: 'incoming/UPL-1' }]);
});

test('storages may put s3: before the name', () => {
  expect(readStorageEvents({ Records: [record('k', 's3:ObjectCreated:Put')] })).toHaveLength(1);
});

test.each(['ObjectRemoved:Delete', 's3:ObjectRemoved:Delete', 'ReducedRedundancyLostObject'])(
  '%s is left out',
  (eventName) => {
    expect(readStorageEvents({ Records: [record('k', eventName)] })).toEqual([]);
  },
);

test.each(['%zz', '%00'])('%s is no key of ours', (key) => {
  expect(readStorageEvents({ Records: [record(key)] })).toEqual([]);
});

test('the test event of a new topic is taken', () => {
  expect(readStorageEvents({ Service: 'Amazon S3', Event: 's3:TestEvent', Bucket: 'slipway' })).toEqual([]);
});

test('an event of EventBridge is read, whose key is as it is', () => {
  const detail = { bucket: { name: 'slipway' }, object: { key: 'a+b', size: 12 } };
  const message = { 'detail-type': 'Object Created', source: 'aws.s3', detail };
  expect(readStorageEvents(message)).toEqual([{ bucket: 'slipway', key: 'a+b' }]);
});

test('a key with U+0000 is left out there too', () => {
  const detail = { bucket: { name: 'slipway' }, object: { key: 'incoming/\u0000' } };
  expect(readStorageEvents({ 'detail-type': 'Object Created', detail })).toEqual([]);
});

test.each([
  null,
  'text',
  [],
  {},
  { Records: {} },
  { Records: [null] },
  { Records: [{ eventName: 'ObjectCreated:Put' }] },
  { Records: [record(5 as unknown as string)] },
  { Records: Array.from({ length: 1001 }, () => record('k')) },
  { 'detail-type': 'Object Created', detail: {} },
])('what is no event is refused: %#', (message) => {
  expect(() => readStorageEvents(message)).toThrow(expect.objectContaining({ code: 'invalid_request' }));
});
