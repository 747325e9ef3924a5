import { readStorageEvents } from './read-storage-events';

const record = (key: string, eventName = 'ObjectCreated:Put') => ({
  eventVersion: '2.1',
  eventSource: 'aws:s3',
  eventName,
  s3: { s3SchemaVersion: '1.0', bucket: { name: 'slipway' }, object: { key, size: 12, eTag: 'abc' } },
});

test('created objects are read, with their keys decoded', () => {
  expect(readStorageEvents({ Records: [record('incoming/UPL-1'), record('a+b%2Bc/%C3%BC')] })).toEqual([
    { bucket: 'slipway', key: 'incoming/UPL-1' },
    { bucket: 'slipway', key: 'a b+c/ü' },
  ]);
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
