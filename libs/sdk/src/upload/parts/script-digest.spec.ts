import { createHash, randomBytes } from 'node:crypto';
import { scriptDigest } from './script-digest.js';

test.each([
  ['md5', 0],
  ['md5', 2_500_000],
  ['sha256', 63],
  ['sha256', 2_500_000],
] as const)('%s of %i bytes is what the platform makes of them', async (algorithm, length) => {
  const bytes = randomBytes(length);
  const data = new Uint8Array(bytes).buffer;
  expect(await scriptDigest(algorithm, data)).toBe(createHash(algorithm).update(bytes).digest('base64'));
});
