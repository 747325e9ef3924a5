import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteBucketLifecycleCommand,
  DeletePublicAccessBlockCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketLocationCommand,
  GetBucketPolicyCommand,
  GetPublicAccessBlockCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  PutBucketLifecycleConfigurationCommand,
  PutPublicAccessBlockCommand,
  type LifecycleRule,
} from '@aws-sdk/client-s3';
import { sendRaw } from './testing/raw-request';
import { BUCKET, REGION, startTestServer, type TestServer } from './testing/test-server';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

test('a bucket is created, found, listed and deleted', async () => {
  const { s3 } = server;
  await s3.send(new CreateBucketCommand({ Bucket: 'another' }));
  await expect(s3.send(new CreateBucketCommand({ Bucket: 'another' }))).rejects.toMatchObject({
    name: 'BucketAlreadyOwnedByYou',
  });
  expect(await s3.send(new HeadBucketCommand({ Bucket: 'another' }))).toMatchObject({ BucketRegion: REGION });
  expect(await s3.send(new GetBucketLocationCommand({ Bucket: 'another' }))).toMatchObject({
    LocationConstraint: REGION,
  });
  const { Buckets } = await s3.send(new ListBucketsCommand({}));
  expect(Buckets?.map(({ Name }) => Name)).toEqual(['another', BUCKET]);
  await s3.send(new DeleteBucketCommand({ Bucket: 'another' }));
  await expect(s3.send(new HeadBucketCommand({ Bucket: 'another' }))).rejects.toMatchObject({
    name: 'NotFound',
  });
});

test.each(['ab', 'Upper', '-dash', '10.0.0.1', 'a..b', 'x'.repeat(64)])(
  '%s is no name for a bucket',
  async (Bucket) => {
    await expect(server.s3.send(new CreateBucketCommand({ Bucket }))).rejects.toMatchObject({
      name: 'InvalidBucketName',
    });
  },
);

test('a bucket of another region is refused', async () => {
  const command = new CreateBucketCommand({
    Bucket: 'elsewhere',
    CreateBucketConfiguration: { LocationConstraint: 'us-west-2' },
  });
  await expect(server.s3.send(command)).rejects.toMatchObject({ name: 'IllegalLocationConstraintException' });
});

describe('lifecycle rules', () => {
  const put = (...Rules: LifecycleRule[]) =>
    server.s3.send(
      new PutBucketLifecycleConfigurationCommand({ Bucket: BUCKET, LifecycleConfiguration: { Rules } }),
    );
  const get = () => server.s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket: BUCKET }));
  const rule: LifecycleRule = {
    ID: 'incoming',
    Status: 'Enabled',
    Filter: { Prefix: 'incoming/' },
    Expiration: { Days: 1 },
    AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
  };

  test('come back as they were put', async () => {
    await put(rule);
    expect((await get()).Rules).toEqual([rule]);
    await server.s3.send(new DeleteBucketLifecycleCommand({ Bucket: BUCKET }));
    await expect(get()).rejects.toMatchObject({ name: 'NoSuchLifecycleConfiguration' });
  });

  test.each<[string, LifecycleRule, string]>([
    [
      'moves objects elsewhere',
      { ...rule, Transitions: [{ Days: 1, StorageClass: 'GLACIER' }] },
      'NotImplemented',
    ],
    ['chooses by tag', { ...rule, Filter: { Tag: { Key: 'a', Value: 'b' } } }, 'NotImplemented'],
    ['does nothing', { Status: 'Enabled', Filter: { Prefix: '' } }, 'InvalidRequest'],
    ['waits for no day at all', { ...rule, Expiration: { Days: 0 } }, 'MalformedXML'],
  ])('one that %s is refused', async (_, refused, name) => {
    await expect(put(refused)).rejects.toMatchObject({ name });
  });
});

test('the public access block is kept', async () => {
  const block = {
    BlockPublicAcls: true,
    IgnorePublicAcls: false,
    BlockPublicPolicy: true,
    RestrictPublicBuckets: false,
  };
  await server.s3.send(
    new PutPublicAccessBlockCommand({ Bucket: BUCKET, PublicAccessBlockConfiguration: block }),
  );
  const get = () => server.s3.send(new GetPublicAccessBlockCommand({ Bucket: BUCKET }));
  expect((await get()).PublicAccessBlockConfiguration).toEqual(block);
  await server.s3.send(new DeletePublicAccessBlockCommand({ Bucket: BUCKET }));
  await expect(get()).rejects.toMatchObject({ name: 'NoSuchPublicAccessBlockConfiguration' });
});

test('what S3 can do and this server cannot is refused as such', async () => {
  await expect(server.s3.send(new GetBucketPolicyCommand({ Bucket: BUCKET }))).rejects.toMatchObject({
    name: 'NotImplemented',
  });
});

describe('a refusal', () => {
  test('is a document with code, message, resource and the id that the header has too', async () => {
    const { status, headers, body } = await sendRaw(`${server.url}/${BUCKET}/a%20key`, { method: 'GET' });
    expect([status, headers['content-type']]).toEqual([403, 'application/xml']);
    expect(body.toString()).toBe(
      `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>AccessDenied</Code><Message>Access Denied</Message>` +
        `<Resource>/${BUCKET}/a%20key</Resource><RequestId>${String(headers['x-amz-request-id'])}</RequestId></Error>`,
    );
  });

  test('of a HEAD has no body', async () => {
    const { status, body } = await sendRaw(`${server.url}/${BUCKET}/key`, { method: 'HEAD' });
    expect([status, body.length]).toEqual([403, 0]);
  });

  test('of an address that cannot be decoded is no failure of the server', async () => {
    const { status, code } = await sendRaw(`${server.url}/${BUCKET}/%ff`, { method: 'GET' });
    expect([status, code]).toEqual([400, 'InvalidURI']);
  });
});
