import type { ChecksumAlgorithm } from '../checksums/algorithms';
import { S3Error } from '../errors/s3-error';
import { unquoteEtag } from '../http/etag';
import type { PartRecord, UploadRecord } from '../store/records';

export const MIN_PART_SIZE = 5 * 1024 * 1024;

/** A part as the client names it when it completes an upload. */
export interface NamedPart {
  number: number;
  etag: string;
  /** Base64, by algorithm. */
  checksums: Partial<Record<ChecksumAlgorithm, string>>;
}

/**
 * The stored parts that the client named. Throws InvalidPartOrder, InvalidPart, EntityTooSmall, or InvalidRequest where a
 * checksum is missing.
 */
export function selectParts(
  upload: UploadRecord,
  stored: readonly PartRecord[],
  named: readonly NamedPart[],
): PartRecord[] {
  if (named.some((part, index) => part.number <= (named[index - 1]?.number ?? 0))) {
    throw new S3Error('InvalidPartOrder', { fields: { UploadId: upload.uploadId } });
  }
  const byNumber = new Map(stored.map((part) => [part.number, part]));
  const selected = named.map((part) => findPart(upload, byNumber.get(part.number), part));
  const small = selected.slice(0, -1).find((part) => part.piece.size < MIN_PART_SIZE);
  if (!small) return selected;
  throw new S3Error('EntityTooSmall', {
    fields: {
      ProposedSize: String(small.piece.size),
      MinSizeAllowed: String(MIN_PART_SIZE),
      PartNumber: String(small.number),
      ETag: small.etag,
    },
  });
}

function findPart(upload: UploadRecord, stored: PartRecord | undefined, named: NamedPart): PartRecord {
  const invalid = new S3Error('InvalidPart', {
    fields: { UploadId: upload.uploadId, PartNumber: String(named.number), ETag: unquoteEtag(named.etag) },
  });
  if (!stored || stored.etag !== unquoteEtag(named.etag)) throw invalid;
  if (!upload.checksum) return stored;
  const { algorithm, type } = upload.checksum;
  const checksum = named.checksums[algorithm];
  if (checksum === undefined && type === 'COMPOSITE') {
    throw new S3Error('InvalidRequest', {
      message: `The upload was created using a ${algorithm.toLowerCase()} checksum. The complete request must include the checksum for each part. It was missing for part ${named.number} in the request.`,
    });
  }
  if (checksum !== undefined && checksum !== stored.checksum) throw invalid;
  return stored;
}
