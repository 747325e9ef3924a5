import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { crc32c } from './crc32c';
import { Crc64Nvme } from './crc64-nvme';
import type { Hasher } from './hasher';

function crc32Hasher(step: (chunk: Uint8Array, value: number) => number): Hasher {
  let value = 0;
  return {
    update: (chunk) => {
      value = step(chunk, value);
    },
    digest: () => {
      const bytes = Buffer.alloc(4);
      bytes.writeUInt32BE(value >>> 0);
      return bytes;
    },
  };
}

const HASHERS = {
  MD5: () => createHash('md5'),
  SHA256: () => createHash('sha256'),
  SHA1: () => createHash('sha1'),
  CRC32: () => crc32Hasher((chunk, value) => crc32(chunk, value)),
  CRC32C: () => crc32Hasher(crc32c),
  CRC64NVME: () => new Crc64Nvme(),
} satisfies Record<string, () => Hasher>;

export type DigestAlgorithm = keyof typeof HASHERS;
export type ChecksumAlgorithm = Exclude<DigestAlgorithm, 'MD5'>;

export const CHECKSUM_ALGORITHMS: readonly ChecksumAlgorithm[] = [
  'CRC32',
  'CRC32C',
  'CRC64NVME',
  'SHA1',
  'SHA256',
];

/** Bytes of a digest. */
export const DIGEST_LENGTH: Record<DigestAlgorithm, number> = {
  MD5: 16,
  SHA256: 32,
  SHA1: 20,
  CRC32: 4,
  CRC32C: 4,
  CRC64NVME: 8,
};

export const createHasher = (algorithm: DigestAlgorithm): Hasher => HASHERS[algorithm]();

export const isChecksumAlgorithm = (name: string): name is ChecksumAlgorithm =>
  (CHECKSUM_ALGORITHMS as readonly string[]).includes(name);

export const checksumHeader = (algorithm: ChecksumAlgorithm): string =>
  `x-amz-checksum-${algorithm.toLowerCase()}`;

export function digestOf(algorithm: DigestAlgorithm, bytes: Uint8Array): Buffer {
  const hasher = createHasher(algorithm);
  hasher.update(bytes);
  return hasher.digest();
}
