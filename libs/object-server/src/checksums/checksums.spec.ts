import { crc32c as referenceCrc32c } from '@aws-crypto/crc32c';
import * as fc from 'fast-check';
import { createHasher, digestOf, type ChecksumAlgorithm } from './algorithms';
import { combineCrc } from './combine-crc';
import { crc32c } from './crc32c';

test.each([
  ['CRC32', 'cbf43926'],
  ['CRC32C', 'e3069283'],
  ['CRC64NVME', 'ae8b14860a799888'],
  ['MD5', '25f9e794323b453885f5181f1b624d0b'],
] as const)('%s of "123456789" is the published check value', (algorithm, expected) => {
  expect(digestOf(algorithm, Buffer.from('123456789')).toString('hex')).toBe(expected);
});

test('CRC32C agrees with another implementation on bytes of any length', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      expect(crc32c(bytes)).toBe(referenceCrc32c(bytes));
    }),
  );
});

test.each(['CRC32', 'CRC32C', 'CRC64NVME'] as const)(
  '%s does not depend on how the bytes are cut',
  (algorithm) => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 50 }), { maxLength: 6 }), (chunks) => {
        const hasher = createHasher(algorithm);
        for (const chunk of chunks) hasher.update(chunk);
        expect(hasher.digest()).toEqual(digestOf(algorithm, Buffer.concat(chunks)));
      }),
    );
  },
);

test.each(['CRC32', 'CRC32C', 'CRC64NVME'] as const satisfies ChecksumAlgorithm[])(
  'the %s of parts combines to that of the whole',
  (algorithm) => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 100 }), { minLength: 1, maxLength: 5 }), (parts) => {
        const checked = parts.map((part) => ({ checksum: digestOf(algorithm, part), length: part.length }));
        expect(combineCrc(algorithm, checked)).toEqual(digestOf(algorithm, Buffer.concat(parts)));
      }),
    );
  },
);

test('a digest that is no CRC cannot be combined', () => {
  expect(() => combineCrc('SHA256', [])).toThrow('SHA256 cannot be combined');
});
