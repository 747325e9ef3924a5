import { GetObjectCommand, PutObjectCommand, S3Client, UploadPartCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import * as fc from 'fast-check';
import { StorageError } from './storage-error';
import { UrlSigner, type SigningCredentials, type UrlSignerOptions } from './url-signer';

const now = new Date('2026-05-01T10:00:00Z');
const credentials: SigningCredentials = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
};

const settings = {
  endpoint: 'https://storage.example.com',
  bucket: 'assets',
  region: 'eu-central-1',
  forcePathStyle: true,
} satisfies Partial<UrlSignerOptions>;

const openSigning = (options: Partial<UrlSignerOptions> = {}) =>
  new UrlSigner({ ...settings, credentials: () => Promise.resolve(credentials), ...options }).open();

const signatureOf = (url: string): string => new URL(url).searchParams.get('X-Amz-Signature') ?? '';

interface SdkAddress {
  endpoint?: string;
  region: string;
  forcePathStyle: boolean;
  credentials: SigningCredentials;
}

/** The SDK on the same storage, set so that it adds no checksums of its own. */
function oracle({ credentials: identity, endpoint, region, forcePathStyle }: SdkAddress): S3Client {
  return new S3Client({
    ...(endpoint === undefined ? {} : { endpoint }),
    region,
    forcePathStyle,
    credentials: identity,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
}

const RESERVED = 'abcXYZ019-_.~/!\'()* +%&=?#@:,;$[]{}|\\^`"<>\t\u0001\u007féß漢'.split('');
const text = fc.string({
  unit: fc.oneof(fc.constantFrom(...RESERVED), fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 })),
  minLength: 1,
  maxLength: 60,
});
const token = fc.base64String({ minLength: 1, maxLength: 400 });
const digest = (bytes: number) =>
  fc.uint8Array({ minLength: bytes, maxLength: bytes }).map((sum) => Buffer.from(sum).toString('base64'));

const names = [
  'https://storage.example.com',
  'http://storage.example.com:9000',
  'https://gateway.example.com/s3',
];
const addresses = ['http://127.0.0.1:7480', 'https://10.0.0.7', 'http://[::1]:9000'];
const buckets = ['assets', 'my-assets-2', 'Assets_Old', 'a1', '-assets'];

const arbitraryAddress = fc
  .record({
    place: fc.oneof(
      fc.record({
        endpoint: fc.constantFrom(...names),
        bucket: fc.constantFrom(...buckets, 'assets.example.com', 'a.example.com'),
      }),
      // Without dotted buckets: the SDK makes host names of them that no URL can have.
      fc.record({ endpoint: fc.constantFrom(...addresses), bucket: fc.constantFrom(...buckets) }),
    ),
    region: fc.constantFrom('us-east-1', 'eu-central-1', 'auto'),
    forcePathStyle: fc.boolean(),
    credentials: fc.record(
      { accessKeyId: fc.stringMatching(/^[A-Z0-9]{16,20}$/), secretAccessKey: token, sessionToken: token },
      { requiredKeys: ['accessKeyId', 'secretAccessKey'] },
    ),
  })
  .map(({ place, ...rest }) => ({ ...place, ...rest }));

const arbitraryLife = fc.record({
  now: fc.date({ min: new Date('2001-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }),
  expiresIn: fc.integer({ min: 1, max: 604_800 }),
});

const overrides = fc.record(
  { responseCacheControl: text, responseContentDisposition: text, responseContentType: text },
  { requiredKeys: [] },
);

const putDescription = fc.record(
  {
    size: fc.integer({ min: 0, max: 5 * 2 ** 30 }),
    contentType: fc.constantFrom(
      'image/png',
      'text/plain; charset=utf-8',
      'text/plain;  charset="a  b"',
      'model/gltf-binary',
    ),
    checksumSha256: digest(32),
    contentMd5: digest(16),
  },
  { requiredKeys: ['size', 'contentType'] },
);

const partDescription = fc.record(
  {
    storageUploadId: text,
    partNumber: fc.integer({ min: 1, max: 10_000 }),
    size: fc.integer({ min: 1, max: 5 * 2 ** 30 }),
    checksumSha256: digest(32),
    contentMd5: digest(16),
  },
  { requiredKeys: ['storageUploadId', 'partNumber', 'size'] },
);

describe('the URL signer against the AWS SDK', () => {
  it('gives byte for byte the URL of getSignedUrl for reading', async () => {
    const cases = fc.asyncProperty(
      arbitraryAddress,
      text,
      fc.record({ life: arbitraryLife, response: overrides }),
      async (address, key, { life, response }) => {
        const client = oracle(address);
        const command = new GetObjectCommand({
          Bucket: address.bucket,
          Key: key,
          ResponseCacheControl: response.responseCacheControl,
          ResponseContentDisposition: response.responseContentDisposition,
          ResponseContentType: response.responseContentType,
        });
        const wanted = await getSignedUrl(client, command, {
          signingDate: life.now,
          expiresIn: life.expiresIn,
        });
        const signing = await openSigning({
          ...address,
          credentials: () => Promise.resolve(address.credentials),
        });
        expect(signing.get(key, { ...life, ...response }).url).toBe(wanted);
      },
    );
    await fc.assert(cases, { numRuns: 300 });
  });

  it('gives byte for byte the URL of getSignedUrl for writing, with length, type and sums as signed headers', async () => {
    const cases = fc.asyncProperty(
      arbitraryAddress,
      text,
      fc.record({ life: arbitraryLife, put: putDescription }),
      async (address, key, { life, put }) => {
        const client = oracle(address);
        const command = new PutObjectCommand({
          Bucket: address.bucket,
          Key: key,
          ContentLength: put.size,
          ContentType: put.contentType,
          ChecksumSHA256: put.checksumSha256,
          ContentMD5: put.contentMd5,
        });
        const wanted = await getSignedUrl(client, command, {
          signingDate: life.now,
          expiresIn: life.expiresIn,
          signableHeaders: new Set(['content-type', 'content-length', 'content-md5']),
          unhoistableHeaders: new Set(['x-amz-checksum-sha256']),
        });
        const signing = await openSigning({
          ...address,
          credentials: () => Promise.resolve(address.credentials),
        });
        expect(signing.put(key, { ...life, ...put }).url).toBe(wanted);
      },
    );
    await fc.assert(cases, { numRuns: 300 });
  });

  it('gives byte for byte the URL of getSignedUrl for a part, with length and sums as signed headers', async () => {
    const cases = fc.asyncProperty(
      arbitraryAddress,
      text,
      fc.record({ life: arbitraryLife, part: partDescription }),
      async (address, key, { life, part }) => {
        const command = new UploadPartCommand({
          Bucket: address.bucket,
          Key: key,
          UploadId: part.storageUploadId,
          PartNumber: part.partNumber,
          ContentLength: part.size,
          ChecksumSHA256: part.checksumSha256,
          ContentMD5: part.contentMd5,
        });
        const wanted = await getSignedUrl(oracle(address), command, {
          signingDate: life.now,
          expiresIn: life.expiresIn,
          signableHeaders: new Set(['content-length', 'content-md5']),
          unhoistableHeaders: new Set(['x-amz-checksum-sha256']),
        });
        const signing = await openSigning({
          ...address,
          credentials: () => Promise.resolve(address.credentials),
        });
        expect(signing.part(key, { ...life, ...part }).url).toBe(wanted);
      },
    );
    await fc.assert(cases, { numRuns: 300 });
  });

  it('reaches Amazon S3 of the region where no endpoint is set', async () => {
    for (const region of ['eu-central-1', 'us-east-1', 'cn-north-1']) {
      const client = oracle({ region, credentials, forcePathStyle: false });
      const command = new GetObjectCommand({ Bucket: 'assets', Key: 'a b.png' });
      const wanted = await getSignedUrl(client, command, { signingDate: now, expiresIn: 60 });
      const signing = await openSigning({ endpoint: undefined, region, forcePathStyle: false });
      expect(signing.get('a b.png', { now, expiresIn: 60 }).url).toBe(wanted);
    }
  });
});

describe('an upload URL', () => {
  const described = { size: 5, contentType: 'image/png', checksumSha256: 'c3Vt', now, expiresIn: 900 };

  it('signs host, length, type and checksum as headers and keeps them out of the query', async () => {
    const { url } = (await openSigning()).put('incoming/UPL-1', described);
    const query = new URL(url).searchParams;
    expect(query.get('X-Amz-SignedHeaders')).toBe('content-length;content-type;host;x-amz-checksum-sha256');
    expect([...query.keys()].map((name) => name.toLowerCase())).not.toContain('x-amz-checksum-sha256');
  });

  it('tells the browser which headers to send, and none that a browser refuses to set', async () => {
    const { headers, method, expiresAt } = (await openSigning()).put('incoming/UPL-1', {
      ...described,
      contentMd5: 'bWQ1',
    });
    expect(method).toBe('PUT');
    expect(headers).toEqual({
      'content-type': 'image/png',
      'content-md5': 'bWQ1',
      'x-amz-checksum-sha256': 'c3Vt',
    });
    expect(expiresAt).toEqual(new Date('2026-05-01T10:15:00Z'));
  });

  it('carries another signature for any other key, size, type, checksum, life or date', async () => {
    const signing = await openSigning();
    const others = [
      signing.put('incoming/UPL-2', described),
      signing.put('incoming/UPL-1', { ...described, size: 6 }),
      signing.put('incoming/UPL-1', { ...described, contentType: 'text/html' }),
      signing.put('incoming/UPL-1', { ...described, checksumSha256: 'c3Vu' }),
      signing.put('incoming/UPL-1', { ...described, checksumSha256: null }),
      signing.put('incoming/UPL-1', { ...described, contentMd5: 'bWQ1' }),
      signing.put('incoming/UPL-1', { ...described, expiresIn: 901 }),
      signing.put('incoming/UPL-1', { ...described, now: new Date('2026-05-01T10:00:01Z') }),
      signing.get('incoming/UPL-1', described),
    ].map(({ url }) => signatureOf(url));
    const mine = signatureOf(signing.put('incoming/UPL-1', described).url);
    expect(new Set([mine, ...others]).size).toBe(others.length + 1);
  });
});

describe('an access URL', () => {
  const life = { now, expiresIn: 3600, windowSeconds: 900 };

  it('stays identical inside its window and tells its real end, never before the promised life', async () => {
    const signing = await openSigning();
    const first = signing.get('photo.jpg', life);
    const signedAt = first.expiresAt.getTime() - (3600 + 900) * 1000;
    expect(signing.get('photo.jpg', { ...life, now: new Date(signedAt) })).toEqual(first);
    expect(signing.get('photo.jpg', { ...life, now: new Date(signedAt + 899_999) })).toEqual(first);
    expect(signing.get('photo.jpg', { ...life, now: new Date(signedAt + 900_000) }).url).not.toBe(first.url);
    expect(first.expiresAt.getTime()).toBeGreaterThanOrEqual(now.getTime() + 3_600_000);
  });

  it('without its query is where the object is', async () => {
    const signing = await openSigning();
    expect(signing.get('a b.jpg', life).url.split('?')[0]).toBe(signing.locate('a b.jpg'));
    expect(signing.locate('a b.jpg')).toBe('https://storage.example.com/assets/a%20b.jpg');
  });

  it('ends with the session token that signed it', async () => {
    const expiration = new Date('2026-05-01T10:20:00Z');
    const signing = await openSigning({
      credentials: () => Promise.resolve({ ...credentials, sessionToken: 't', expiration }),
    });
    expect(signing.get('photo.jpg', life).expiresAt).toEqual(expiration);
    expect(signing.get('photo.jpg', { now, expiresIn: 60 }).expiresAt).toEqual(
      new Date('2026-05-01T10:01:00Z'),
    );
  });

  it('is refused for a life that S3 does not take', async () => {
    const signing = await openSigning();
    for (const expiresIn of [0, -1, 1.5, 604_801, Number.NaN]) {
      expect(() => signing.get('photo.jpg', { now, expiresIn })).toThrow(RangeError);
    }
  });
});

describe('the credentials of a signer', () => {
  it('are followed when they rotate', async () => {
    let current = credentials;
    const signer = new UrlSigner({ ...settings, credentials: () => Promise.resolve(current) });
    const before = (await signer.open()).get('photo.jpg', { now, expiresIn: 60 }).url;
    current = { ...credentials, secretAccessKey: 'another' };
    const after = (await signer.open()).get('photo.jpg', { now, expiresIn: 60 }).url;
    expect(signatureOf(after)).not.toBe(signatureOf(before));
  });

  it('that cannot be loaded are a storage failure that may pass', async () => {
    const opening = openSigning({ credentials: () => Promise.reject(new Error('no metadata service')) });
    await expect(opening).rejects.toThrow(StorageError);
    await expect(opening).rejects.toMatchObject({ failure: 'unavailable' });
  });
});
