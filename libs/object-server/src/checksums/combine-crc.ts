import type { ChecksumAlgorithm } from './algorithms';

interface CrcParameters {
  width: bigint;
  /** Bits reversed, as the tables use it. */
  polynomial: bigint;
}

const PARAMETERS: Partial<Record<ChecksumAlgorithm, CrcParameters>> = {
  CRC32: { width: 32n, polynomial: 0xedb88320n },
  CRC32C: { width: 32n, polynomial: 0x82f63b78n },
  CRC64NVME: { width: 64n, polynomial: 0x9a6c9329ac4bc9b5n },
};

export const isCombinable = (algorithm: ChecksumAlgorithm): boolean => PARAMETERS[algorithm] !== undefined;

export interface CheckedLength {
  checksum: Buffer;
  /** Bytes. */
  length: number;
}

/**
 * The CRC of all parts together from the CRC of each. Appending n bytes multiplies the CRC so far by x^8n, modulo the
 * polynomial; what the initial and final inversions add cancels out. Throws for algorithms that are not a CRC.
 */
export function combineCrc(algorithm: ChecksumAlgorithm, parts: readonly CheckedLength[]): Buffer {
  const parameters = PARAMETERS[algorithm];
  if (!parameters) throw new Error(`${algorithm} cannot be combined`);
  let combined = 0n;
  for (const { checksum, length } of parts) {
    const shifted = multiply(powerOfX(BigInt(length) * 8n, parameters), combined, parameters);
    combined = shifted ^ BigInt(`0x${checksum.toString('hex')}`);
  }
  return Buffer.from(combined.toString(16).padStart(Number(parameters.width / 4n), '0'), 'hex');
}

/** Of two polynomials whose highest bit is the coefficient of x^0. */
function multiply(left: bigint, right: bigint, { width, polynomial }: CrcParameters): bigint {
  let product = 0n;
  let factor = right;
  for (let bit = width - 1n; bit >= 0n; bit--) {
    if ((left >> bit) & 1n) product ^= factor;
    factor = factor & 1n ? (factor >> 1n) ^ polynomial : factor >> 1n;
  }
  return product;
}

function powerOfX(exponent: bigint, parameters: CrcParameters): bigint {
  let result = 1n << (parameters.width - 1n);
  let square = 1n << (parameters.width - 2n);
  for (let left = exponent; left > 0n; left >>= 1n) {
    if (left & 1n) result = multiply(square, result, parameters);
    square = multiply(square, square, parameters);
  }
  return result;
}
