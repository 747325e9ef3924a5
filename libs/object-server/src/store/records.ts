import type { ChecksumAlgorithm } from '../checksums/algorithms';
import type { Piece } from '../pieces/piece';

export interface BucketRecord {
  readonly name: string;
  /** Milliseconds since 1970, as all times here. */
  readonly createdAt: number;
}

/** Kept and given back. It forbids nothing here, because nothing here is public. */
export interface PublicAccessBlock {
  readonly BlockPublicAcls: boolean;
  readonly IgnorePublicAcls: boolean;
  readonly BlockPublicPolicy: boolean;
  readonly RestrictPublicBuckets: boolean;
}

/** COMPOSITE: the digest of the parts' digests, written `<base64>-<parts>`. */
export type ChecksumType = 'FULL_OBJECT' | 'COMPOSITE';

export interface Checksum {
  readonly algorithm: ChecksumAlgorithm;
  readonly type: ChecksumType;
  readonly value: string;
}

/** What a client says of an object and gets back with it. */
export interface ObjectAttributes {
  /** `content-type`, `cache-control` and their like; names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Names without `x-amz-meta-`. */
  readonly metadata: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
}

export interface ObjectRecord extends ObjectAttributes {
  readonly key: string;
  readonly size: number;
  /** Without quotes. */
  readonly etag: string;
  /** Whole seconds, because HTTP dates have no more. */
  readonly lastModified: number;
  readonly checksum: Checksum | null;
  readonly pieces: readonly Piece[];
  /** The multipart upload that made it; a repeated completion is told by it. */
  readonly uploadId?: string;
}

export interface UploadRecord extends ObjectAttributes {
  readonly uploadId: string;
  readonly key: string;
  readonly initiated: number;
  readonly checksum: { readonly algorithm: ChecksumAlgorithm; readonly type: ChecksumType } | null;
}

export interface PartRecord {
  /** 1 to 10,000. */
  readonly number: number;
  readonly etag: string;
  readonly lastModified: number;
  /** Base64, by the algorithm of the upload. */
  readonly checksum: string | null;
  readonly piece: Piece;
}

export const wholeSeconds = (time: number): number => Math.floor(time / 1000) * 1000;
