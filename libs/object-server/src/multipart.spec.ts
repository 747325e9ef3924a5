import { createHash, randomBytes } from 'node:crypto';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  PutObjectCommand,
  UploadPartCommand,
  UploadPartCopyCommand,
  type CompletedPart,
  type CreateMultipartUploadCommandInput,
} from '@aws-sdk/client-s3';
import { BUCKET, startTestServer, type TestServer } from './testing/test-server';

const PART_SIZE = 5 * 1024 * 1024;
const first = randomBytes(PART_SIZE);
const second = randomBytes(1234);

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const begin = async (
  key: string,
  options: Partial<CreateMultipartUploadCommandInput> = {},
): Promise<string> => {
  const { UploadId } = await server.s3.send(
    new CreateMultipartUploadCommand({ Bucket: BUCKET, Key: key, ...options }),
  );
  return UploadId ?? '';
};

const send = async (
  key: string,
  uploadId: string,
  part: { number: number; body: Buffer },
): Promise<CompletedPart> => {
  const { $metadata, ...answer } = await server.s3.send(
    new UploadPartCommand({
      Bucket: BUCKET,
      Key: key,
      UploadId: uploadId,
      PartNumber: part.number,
      Body: part.body,
    }),
  );
  expect($metadata.httpStatusCode).toBe(200);
  return { ...answer, PartNumber: part.number };
};

const complete = (key: string, uploadId: string, Parts: CompletedPart[]) =>
  server.s3.send(
    new CompleteMultipartUploadCommand({
      Bucket: BUCKET,
      Key: key,
      UploadId: uploadId,
      MultipartUpload: { Parts },
    }),
  );

test('parts sent in any order become one object with the ETag of its parts', async () => {
  const uploadId = await begin('a/big', { ContentType: 'video/mp4', Metadata: { from: 'test' } });
  const two = await send('a/big', uploadId, { number: 2, body: second });
  const one = await send('a/big', uploadId, { number: 1, body: first });
  const { ETag } = await complete('a/big', uploadId, [one, two]);

  const md5s = Buffer.concat([first, second].map((body) => createHash('md5').update(body).digest()));
  expect(ETag).toBe(`"${createHash('md5').update(md5s).digest('hex')}-2"`);
  const { Body, ContentType, Metadata } = await server.s3.send(
    new GetObjectCommand({ Bucket: BUCKET, Key: 'a/big' }),
  );
  expect({ ContentType, Metadata }).toEqual({ ContentType: 'video/mp4', Metadata: { from: 'test' } });
  expect(Buffer.concat([first, second]).equals(await Body!.transformToByteArray())).toBe(true);
  const range = await server.s3.send(
    new GetObjectCommand({ Bucket: BUCKET, Key: 'a/big', Range: `bytes=${PART_SIZE - 2}-${PART_SIZE + 1}` }),
  );
  expect(Buffer.from(await range.Body!.transformToByteArray())).toEqual(
    Buffer.concat([first.subarray(-2), second.subarray(0, 2)]),
  );
});

test('a composite SHA-256 is the digest of the digests', async () => {
  const uploadId = await begin('sha', { ChecksumAlgorithm: 'SHA256' });
  const digest = (body: Buffer): Buffer => createHash('sha256').update(body).digest();
  const parts = [];
  for (const [index, body] of [first, second].entries()) {
    const { ETag, ChecksumSHA256 } = await server.s3.send(
      new UploadPartCommand({
        Bucket: BUCKET,
        Key: 'sha',
        UploadId: uploadId,
        PartNumber: index + 1,
        Body: body,
        ChecksumAlgorithm: 'SHA256',
      }),
    );
    expect(ChecksumSHA256).toBe(digest(body).toString('base64'));
    parts.push({ ETag, ChecksumSHA256, PartNumber: index + 1 });
  }
  const listed = await server.s3.send(
    new ListPartsCommand({ Bucket: BUCKET, Key: 'sha', UploadId: uploadId, MaxParts: 1 }),
  );
  expect(listed).toMatchObject({
    IsTruncated: true,
    NextPartNumberMarker: '1',
    ChecksumAlgorithm: 'SHA256',
    Parts: [parts[0]],
  });
  await complete('sha', uploadId, parts);
  const head = await server.s3.send(
    new HeadObjectCommand({ Bucket: BUCKET, Key: 'sha', ChecksumMode: 'ENABLED' }),
  );
  const expected = `${createHash('sha256')
    .update(Buffer.concat([digest(first), digest(second)]))
    .digest('base64')}-2`;
  expect(head).toMatchObject({ ChecksumSHA256: expected, ChecksumType: 'COMPOSITE' });
});

test('a full-object CRC is that of the bytes as one', async () => {
  const uploadId = await begin('crc', { ChecksumAlgorithm: 'CRC32C', ChecksumType: 'FULL_OBJECT' });
  const parts = [await sendCrc32c(uploadId, 1, first), await sendCrc32c(uploadId, 2, second)];
  await server.s3.send(
    new CompleteMultipartUploadCommand({
      Bucket: BUCKET,
      Key: 'crc',
      UploadId: uploadId,
      ChecksumType: 'FULL_OBJECT',
      MultipartUpload: { Parts: parts },
    }),
  );
  const whole = await server.s3.send(
    new PutObjectCommand({
      Bucket: BUCKET,
      Key: 'whole',
      Body: Buffer.concat([first, second]),
      ChecksumAlgorithm: 'CRC32C',
    }),
  );
  const head = await server.s3.send(
    new HeadObjectCommand({ Bucket: BUCKET, Key: 'crc', ChecksumMode: 'ENABLED' }),
  );
  expect(head).toMatchObject({ ChecksumCRC32C: whole.ChecksumCRC32C, ChecksumType: 'FULL_OBJECT' });
});

const sendCrc32c = async (uploadId: string, PartNumber: number, body: Buffer): Promise<CompletedPart> => {
  const { ETag } = await server.s3.send(
    new UploadPartCommand({
      Bucket: BUCKET,
      Key: 'crc',
      UploadId: uploadId,
      PartNumber,
      Body: body,
      ChecksumAlgorithm: 'CRC32C',
    }),
  );
  return { ETag, PartNumber };
};

describe('completing is refused', () => {
  let uploadId: string;
  let parts: CompletedPart[];

  beforeAll(async () => {
    uploadId = await begin('refused');
    parts = [
      await send('refused', uploadId, { number: 1, body: second }),
      await send('refused', uploadId, { number: 2, body: second }),
    ];
  });
  afterAll(() =>
    server.s3.send(new AbortMultipartUploadCommand({ Bucket: BUCKET, Key: 'refused', UploadId: uploadId })),
  );

  test('when a part that is not the last one is under 5 MiB', () =>
    expect(complete('refused', uploadId, parts)).rejects.toMatchObject({ name: 'EntityTooSmall' }));

  test('when the parts are not in order', () =>
    expect(complete('refused', uploadId, [...parts].reverse())).rejects.toMatchObject({
      name: 'InvalidPartOrder',
    }));

  test('when a part was never sent', () =>
    expect(complete('refused', uploadId, [{ ...parts[0], PartNumber: 9 }])).rejects.toMatchObject({
      name: 'InvalidPart',
    }));

  test("when an ETag is not the part's", () =>
    expect(complete('refused', uploadId, [{ ...parts[0], ETag: '"00"' }])).rejects.toMatchObject({
      name: 'InvalidPart',
    }));

  test('when the size is not the promised one', () =>
    expect(
      server.s3.send(
        new CompleteMultipartUploadCommand({
          Bucket: BUCKET,
          Key: 'refused',
          UploadId: uploadId,
          MpuObjectSize: 1,
          MultipartUpload: { Parts: parts.slice(1) },
        }),
      ),
    ).rejects.toMatchObject({ name: 'InvalidRequest' }));

  test('when the key is taken and the client wants it free', async () => {
    await server.s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: 'refused', Body: 'here first' }));
    const command = new CompleteMultipartUploadCommand({
      Bucket: BUCKET,
      Key: 'refused',
      UploadId: uploadId,
      IfNoneMatch: '*',
      MultipartUpload: { Parts: parts.slice(1) },
    });
    await expect(server.s3.send(command)).rejects.toMatchObject({ name: 'PreconditionFailed' });
  });

  test('when the upload does not exist', () =>
    expect(complete('refused', 'nothing', parts)).rejects.toMatchObject({ name: 'NoSuchUpload' }));
});

test('completing twice succeeds twice, until the key holds something else', async () => {
  const uploadId = await begin('twice');
  const parts = [await send('twice', uploadId, { number: 1, body: second })];
  const answer = await complete('twice', uploadId, parts);
  expect((await complete('twice', uploadId, parts)).ETag).toBe(answer.ETag);
  await server.s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: 'twice', Body: 'another' }));
  await expect(complete('twice', uploadId, parts)).rejects.toMatchObject({ name: 'NoSuchUpload' });
});

test('an upload is listed until it is aborted, and then it takes no part', async () => {
  const uploadId = await begin('listed/one');
  const list = (): Promise<string[]> =>
    server.s3
      .send(new ListMultipartUploadsCommand({ Bucket: BUCKET, Prefix: 'listed/' }))
      .then(({ Uploads }) => (Uploads ?? []).map((upload) => upload.UploadId ?? ''));
  expect(await list()).toEqual([uploadId]);
  await server.s3.send(
    new AbortMultipartUploadCommand({ Bucket: BUCKET, Key: 'listed/one', UploadId: uploadId }),
  );
  expect(await list()).toEqual([]);
  await expect(send('listed/one', uploadId, { number: 1, body: second })).rejects.toMatchObject({
    name: 'NoSuchUpload',
  });
});

test('a part must have the checksum that the upload was begun with', async () => {
  const uploadId = await begin('mismatch', { ChecksumAlgorithm: 'SHA256' });
  const command = new UploadPartCommand({
    Bucket: BUCKET,
    Key: 'mismatch',
    UploadId: uploadId,
    PartNumber: 1,
    Body: second,
    ChecksumAlgorithm: 'CRC32',
  });
  await expect(server.s3.send(command)).rejects.toMatchObject({
    name: 'InvalidRequest',
    message: 'Checksum Type mismatch occurred, expected checksum Type: sha256, actual checksum Type: crc32',
  });
});

describe('a part that is copied', () => {
  let etag: string;
  beforeAll(async () => {
    const put = new PutObjectCommand({ Bucket: BUCKET, Key: 'source/ü +', Body: first });
    etag = (await server.s3.send(put)).ETag ?? '';
  });

  const copyPart = (key: string, UploadId: string, CopySourceRange: string) =>
    copyIf(etag, { Key: key, UploadId, CopySourceRange });
  const copyIf = (
    CopySourceIfMatch: string,
    part: { Key: string; UploadId: string; CopySourceRange: string },
  ) =>
    server.s3.send(
      new UploadPartCopyCommand({
        ...part,
        Bucket: BUCKET,
        PartNumber: 1,
        CopySource: `${BUCKET}/source/%C3%BC%20%2B`,
        CopySourceIfMatch,
      }),
    );

  test('is that range of its source, and has its own ETag', async () => {
    const uploadId = await begin('copied');
    const { CopyPartResult } = await copyPart('copied', uploadId, 'bytes=1-1000');
    const range = first.subarray(1, 1001);
    expect(CopyPartResult?.ETag).toBe(`"${createHash('md5').update(range).digest('hex')}"`);
    await complete('copied', uploadId, [{ PartNumber: 1, ETag: CopyPartResult?.ETag }]);
    const { Body } = await server.s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: 'copied' }));
    expect(range.equals(await Body!.transformToByteArray())).toBe(true);
  });

  test.each(['bytes=0-', 'bytes=-5', 'bytes=5-4', `bytes=0-${PART_SIZE}`, '0-4'])(
    'of the range %s is refused',
    async (range) => {
      const uploadId = await begin('refused');
      await expect(copyPart('refused', uploadId, range)).rejects.toMatchObject({ name: 'InvalidArgument' });
    },
  );

  test('of a source that is another by now is refused', async () => {
    const uploadId = await begin('refused');
    const part = { Key: 'refused', UploadId: uploadId, CopySourceRange: 'bytes=0-4' };
    await expect(copyIf('"other"', part)).rejects.toMatchObject({
      name: 'PreconditionFailed',
    });
  });

  test('into an upload with sums of its parts is not done', async () => {
    const uploadId = await begin('summed', { ChecksumAlgorithm: 'SHA256' });
    await expect(copyPart('summed', uploadId, 'bytes=0-4')).rejects.toMatchObject({ name: 'NotImplemented' });
  });
});
