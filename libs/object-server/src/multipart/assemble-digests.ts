import { createHash } from 'node:crypto';
import { digestOf } from '../checksums/algorithms';
import { combineCrc } from '../checksums/combine-crc';
import type { Checksum, PartRecord, UploadRecord } from '../store/records';

/** MD5 of the parts' MD5s and their number: what S3 gives as the ETag of an object made of parts. */
export function multipartEtag(parts: readonly PartRecord[]): string {
  const hash = createHash('md5');
  for (const part of parts) hash.update(part.etag, 'hex');
  return `${hash.digest('hex')}-${parts.length}`;
}

/** The object's checksum from those of its parts, without reading a byte again. */
export function multipartChecksum(upload: UploadRecord, parts: readonly PartRecord[]): Checksum | null {
  if (!upload.checksum) return null;
  const { algorithm, type } = upload.checksum;
  const digests = parts.map((part) => Buffer.from(part.checksum ?? '', 'base64'));
  if (type === 'COMPOSITE') {
    const value = `${digestOf(algorithm, Buffer.concat(digests)).toString('base64')}-${parts.length}`;
    return { algorithm, type, value };
  }
  const lengths = parts.map((part, index) => ({
    checksum: digests[index] ?? Buffer.alloc(0),
    length: part.piece.size,
  }));
  return { algorithm, type, value: combineCrc(algorithm, lengths).toString('base64') };
}
