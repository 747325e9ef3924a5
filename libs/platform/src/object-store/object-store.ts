import type { Readable } from 'node:stream';

/** What HeadObject tells of one stored object. */
export interface ObjectStat {
  key: string;
  /** Bytes. */
  size: number;
  contentType: string;
  /** Without quotes. The MD5 of the body in hex for a single PUT without KMS; opaque otherwise. */
  etag: string;
  /** Base64; null where the storage keeps no SHA-256 of the object. */
  checksumSha256: string | null;
  lastModified: Date;
}

export interface PutOptions {
  contentType: string;
  cacheControl?: string;
  /** Under object lock in compliance mode until then; `refused` where bucket or storage have none. */
  lockedUntil?: Date;
}

export interface CopyOptions {
  /** ETag the source must still have; some storages ignore the condition, so compare the copy as well. */
  ifSourceMatch: string;
}

export interface ListedObject {
  key: string;
  size: number;
  etag: string;
  lastModified: Date;
}

export interface ListPage {
  objects: ListedObject[];
  /** Pass as `after` to go on; null at the end. */
  next: string | null;
}

export const PART_CHECKSUMS = ['sha256', 'md5', 'none'] as const;

/** How a storage is told, and shown to check, what the bytes of one part are. */
export type PartChecksum = (typeof PART_CHECKSUMS)[number];

/** An upload in parts as the storage knows it. */
export interface MultipartUpload {
  key: string;
  /** The storage's own name of it. */
  storageUploadId: string;
}

export interface StoredPart {
  partNumber: number;
  /** Bytes. */
  size: number;
  /** Without quotes; the MD5 of the part in hex where the storage does not encrypt with KMS. */
  etag: string;
  /** Base64; null where the storage keeps no SHA-256 of parts. */
  checksumSha256: string | null;
}

/** A part that the server sends itself. */
export interface SentPart {
  /** From 1. */
  partNumber: number;
  body: Buffer;
  /** Base64; needed where the upload was begun with `sha256`. */
  checksumSha256: string | null;
}

/** A part that the storage takes from another object. */
export interface CopiedPart {
  /** From 1. */
  partNumber: number;
  from: string;
  /** Bytes of the source: where the part begins, and how many they are. */
  range: { offset: number; length: number };
  /** ETag the source must still have. */
  ifSourceMatch: string;
}

export interface ListedMultipartUpload extends MultipartUpload {
  initiatedAt: Date;
}

export interface MultipartListPage {
  uploads: ListedMultipartUpload[];
  /** Pass as `after` to go on; null at the end. */
  next: MultipartUpload | null;
}

/**
 * The bucket as the product needs it. Every implementation passes test/contract.
 * Methods throw `StorageError` (storage-error.ts) and nothing else.
 */
export interface ObjectStore {
  /** Null when there is no such object. */
  head(key: string): Promise<ObjectStat | null>;
  /** At most `length` bytes from `offset`; shorter at the end of the object. */
  readRange(key: string, offset: number, length: number): Promise<Buffer>;
  openRead(key: string): Promise<Readable>;
  put(key: string, body: Buffer, options: PutOptions): Promise<{ etag: string }>;
  /** Server-side copy inside the bucket; keeps the content type. */
  copy(from: string, to: string, options: CopyOptions): Promise<{ etag: string }>;
  /** Deleting what is not there succeeds, as in S3. */
  delete(key: string): Promise<void>;
  list(prefix: string, page?: { after?: string; limit?: number }): Promise<ListPage>;
  /** Begins an upload in parts; with `sha256` every part must then carry its sum. */
  createMultipart(
    key: string,
    options: { contentType: string; checksum: PartChecksum },
  ): Promise<MultipartUpload>;
  putPart(upload: MultipartUpload, part: SentPart): Promise<void>;
  /** Server-side, for what is too large for one `copy`; of an upload that was begun without sums. */
  copyPart(upload: MultipartUpload, part: CopiedPart): Promise<void>;
  /** All parts the storage has, by number; null when it knows no such upload (any more). */
  listParts(upload: MultipartUpload): Promise<StoredPart[] | null>;
  /**
   * Makes the object of `parts`, by number; false when the storage knows no such upload (any more). Throws
   * `precondition_failed` when one of them was sent again since it was listed.
   */
  completeMultipart(upload: MultipartUpload, parts: readonly StoredPart[]): Promise<boolean>;
  /** Frees the parts; what is not there any more is freed already. A part that was under way may need a second call. */
  abortMultipart(upload: MultipartUpload): Promise<void>;
  /** Unfinished uploads in parts, by key. */
  listMultiparts(
    prefix: string,
    page?: { after?: MultipartUpload; limit?: number },
  ): Promise<MultipartListPage>;
  /** Resolves when the bucket answers, else throws with the reason. */
  check(): Promise<void>;
}
