import * as fc from 'fast-check';
import { verifySignature } from '../auth/verify-signature';
import { S3Error } from '../errors/s3-error';
import { EXAMPLE_AUTHORITY, exampleAuthorization, exampleRequest } from '../testing/aws-examples';
import { ChunkSigner } from './chunk-signer';
import { decodeAwsChunked } from './decode-aws-chunked';

async function* inPieces(bytes: Buffer, sizes: readonly number[] = [bytes.length]): AsyncGenerator<Buffer> {
  let offset = 0;
  for (let turn = 0; offset < bytes.length; turn++) {
    const size = sizes[turn % sizes.length] ?? 1;
    yield bytes.subarray(offset, offset + size);
    offset += size;
  }
}

interface Decoded {
  body: Buffer;
  trailers: Map<string, string>;
}

async function decode(source: AsyncIterable<Buffer>, signer: ChunkSigner | null = null): Promise<Decoded> {
  const trailers = new Map<string, string>();
  const chunks: Buffer[] = [];
  for await (const chunk of decodeAwsChunked(source, { signer, trailers })) chunks.push(chunk);
  return { body: Buffer.concat(chunks), trailers };
}

const code = (text: string): Promise<string> =>
  decode(inPieces(Buffer.from(text, 'latin1'))).then(
    () => 'no refusal',
    (error: unknown) => (error instanceof S3Error ? error.code : String(error)),
  );

test('any body comes out whole, however it is cut into chunks and packets', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.uint8Array({ minLength: 1, maxLength: 200 }), { maxLength: 8 }),
      fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 }),
      async (chunks, packets) => {
        const framed = chunks.map((chunk) =>
          Buffer.concat([Buffer.from(`${chunk.length.toString(16)}\r\n`), chunk, Buffer.from('\r\n')]),
        );
        const encoded = Buffer.concat([...framed, Buffer.from('0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n')]);
        const { body, trailers } = await decode(inPieces(encoded, packets));
        expect(body.equals(Buffer.concat(chunks))).toBe(true);
        expect([...trailers]).toEqual([['x-amz-checksum-crc32', 'AAAAAA==']]);
      },
    ),
  );
});

test.each([
  ['a body that ends in a chunk', '5\r\nab', 'IncompleteBody'],
  ['a body without its last chunk', '2\r\nab\r\n', 'IncompleteBody'],
  ['a chunk that is longer than it says', '1\r\nab\r\n0\r\n\r\n', 'IncompleteBody'],
  ['a size that is no number', 'zz\r\nab\r\n0\r\n\r\n', 'IncompleteBody'],
  ['a line without end', 'a'.repeat(5000), 'IncompleteBody'],
  ['bytes behind the end', '0\r\n\r\nmore', 'IncompleteBody'],
  ['a trailer without a name', '0\r\n:x\r\n\r\n', 'MalformedTrailerError'],
])('%s is refused', async (_, text, expected) => {
  expect(await code(text)).toBe(expected);
});

interface SignedExample {
  payload: string;
  signedHeaders: string;
  seed: string;
  headers?: Record<string, string>;
}

/** The request both examples of a signed body begin with; the signature of its headers is the first of the chain. */
function signerOf({ payload, signedHeaders, seed, headers }: SignedExample): ChunkSigner {
  const request = exampleRequest({
    method: 'PUT',
    url: '/examplebucket/chunkObject.txt',
    headers: {
      Host: 's3.amazonaws.com',
      'x-amz-date': '20130524T000000Z',
      'x-amz-storage-class': 'REDUCED_REDUNDANCY',
      'x-amz-content-sha256': payload,
      'Content-Encoding': 'aws-chunked',
      'x-amz-decoded-content-length': '66560',
      Authorization: exampleAuthorization(signedHeaders, seed),
      ...headers,
    },
  });
  return new ChunkSigner(verifySignature(request, EXAMPLE_AUTHORITY));
}

const signedChunk = (size: number, signature: string): string =>
  `${size.toString(16)};chunk-signature=${signature}\r\n${'a'.repeat(size)}\r\n`;

const readSigned = (text: string, signer: ChunkSigner): Promise<Decoded> =>
  decode(inPieces(Buffer.from(text, 'latin1'), [1000]), signer);

/** Amazon S3 API Reference, "Signature Calculations for the Authorization Header: Transferring Payload in Multiple Chunks". */
describe('the published example of a signed body', () => {
  const signer = (): ChunkSigner =>
    signerOf({
      payload: 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD',
      signedHeaders:
        'content-encoding;content-length;host;x-amz-content-sha256;x-amz-date;x-amz-decoded-content-length;x-amz-storage-class',
      seed: '4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9',
      headers: { 'Content-Length': '66824' },
    });
  const first = signedChunk(65_536, 'ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648');
  const second = signedChunk(1024, '0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497');
  const last = signedChunk(0, 'b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9');

  test('is authentic', async () => {
    const { body } = await readSigned(first + second + last, signer());
    expect(body.toString()).toBe('a'.repeat(66_560));
  });

  test.each([
    ['a byte is changed', first.replace('aaa\r\n', 'aab\r\n') + second + last],
    ['a chunk is missing', first + last],
    ['the chunks change places', second + first + last],
    [
      'a trailer is added',
      `${first}${second}${last.replace(/\r\n$/, '')}x-amz-checksum-crc32:AAAAAA==\r\n\r\n`,
    ],
  ])('is refused when %s', async (_, text) => {
    await expect(readSigned(text, signer())).rejects.toMatchObject({ code: 'SignatureDoesNotMatch' });
  });
});

/** Amazon S3 API Reference, "Signature Calculations … Including Trailing Headers". */
describe('the published example of a signed body with a trailer', () => {
  const signer = (): ChunkSigner =>
    signerOf({
      payload: 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER',
      signedHeaders:
        'content-encoding;host;x-amz-content-sha256;x-amz-date;x-amz-decoded-content-length;x-amz-storage-class;x-amz-trailer',
      seed: '106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e',
      headers: { 'x-amz-trailer': 'x-amz-checksum-crc32c' },
    });
  const chunks =
    signedChunk(65_536, 'b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2') +
    signedChunk(1024, '1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7') +
    '0;chunk-signature=2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992\r\n';
  const trailer = 'x-amz-checksum-crc32c:sOO8/Q==\r\n';
  const signature =
    'x-amz-trailer-signature:d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435\r\n\r\n';

  test('is authentic', async () => {
    const { trailers } = await readSigned(chunks + trailer + signature, signer());
    expect([...trailers]).toEqual([['x-amz-checksum-crc32c', 'sOO8/Q==']]);
  });

  test.each([
    ['the trailer is changed', chunks + trailer.replace('sOO8', 'AAAA') + signature],
    ['the signature of the trailer is missing', `${chunks}${trailer}\r\n`],
  ])('is refused when %s', async (_, text) => {
    await expect(readSigned(text, signer())).rejects.toMatchObject({ code: 'SignatureDoesNotMatch' });
  });
});
