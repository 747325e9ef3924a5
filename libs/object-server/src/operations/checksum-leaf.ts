import type { Checksum } from '../store/records';
import { leaf } from '../xml/build-xml';

/** `<ChecksumSHA256>…</ChecksumSHA256><ChecksumType>…</ChecksumType>`, or nothing. */
export const checksumLeaf = (checksum: Checksum | null): string =>
  checksum === null
    ? ''
    : leaf(`Checksum${checksum.algorithm}`, checksum.value) + leaf('ChecksumType', checksum.type);
