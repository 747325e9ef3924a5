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
  /** Resolves when the bucket answers, else throws with the reason. */
  check(): Promise<void>;
}
