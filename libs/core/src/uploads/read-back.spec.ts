import { createHash, randomBytes } from 'node:crypto';
import type { AnnouncedPart } from './compare-parts';
import { assertSameParts } from './read-back';

const file = randomBytes(10_000);

const announce = (algorithm: 'sha256' | 'md5', sizes: number[]): AnnouncedPart[] => {
  let start = 0;
  return sizes.map((fileSize, index) => {
    const sum = createHash(algorithm)
      .update(file.subarray(start, (start += fileSize)))
      .digest('base64');
    const sums = { sha256: [sum, null], md5: [null, sum] } as const;
    const [checksumSha256, contentMd5] = sums[algorithm];
    return { partNumber: index + 1, fileSize, checksumSha256, contentMd5 };
  });
};

async function* inChunks(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}

const parts = [4096, 4096, 1808];

test.each([1, 7, 4096, 5000, 20_000])('the parts are found in chunks of %p bytes', async (size) => {
  const found = (algorithm: 'sha256' | 'md5') =>
    assertSameParts(inChunks(file, size), announce(algorithm, parts));
  await expect(found('sha256')).resolves.toBeUndefined();
  await expect(found('md5')).resolves.toBeUndefined();
});

test('another byte is found, and the part it is in', async () => {
  const other = Buffer.from(file);
  other[5000] = other[5000]! ^ 1;
  await expect(assertSameParts(inChunks(other, 1000), announce('sha256', parts))).rejects.toMatchObject({
    code: 'checksum_mismatch',
    message: expect.stringContaining('Part 2'),
  });
});

test('an object that ends early is not the announced one', async () => {
  const cut = inChunks(file.subarray(0, 9999), 1000);
  await expect(assertSameParts(cut, announce('sha256', parts))).rejects.toMatchObject({
    message: expect.stringContaining('Part 3'),
  });
});
