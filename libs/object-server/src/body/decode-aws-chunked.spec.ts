import fc from 'fast-check';
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

/** "Signature Calculations … Transferring Payload in Multiple Chunks", of the Amazon S3 API Reference. */
describe('the published example of a signed body', () => {
  const signer = (): ChunkSigner => {
    const request = exampleRequest({
      method: 'PUT',
      url: '/examplebucket/chunkObject.txt',
      headers: {
        Host: 's3.amazonaws.com',
        'x-amz-date': '20130524T000000Z',
        'x-amz-storage-class': 'REDUCED_REDUNDANCY',
        Authorization: exampleAuthorization(
          'content-encoding;content-length;host;x-amz-content-sha256;x-amz-date;x-amz-decoded-content-length;x-amz-storage-class',
          '4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9',
        ),
        'x-amz-content-sha256': 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD',
        'Content-Encoding': 'aws-chunked',
        'x-amz-decoded-content-length': '66560',
        'Content-Length': '66824',
      },
    });
    return new ChunkSigner(verifySignature(request, EXAMPLE_AUTHORITY));
  };
  const chunk = (size: number, signature: string): string =>
    `${size.toString(16)};chunk-signature=${signature}\r\n${'a'.repeat(size)}\r\n`;
  const first = chunk(65_536, 'ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648');
  const second = chunk(1024, '0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497');
  const last = chunk(0, 'b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9');
  const read = (text: string): Promise<Decoded> =>
    decode(inPieces(Buffer.from(text, 'latin1'), [1000]), signer());

  test('is authentic', async () => {
    const { body } = await read(first + second + last);
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
    await expect(read(text)).rejects.toMatchObject({ code: 'SignatureDoesNotMatch' });
  });
});
