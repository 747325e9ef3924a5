import { S3Error } from '../errors/s3-error';
import { after } from '../ledger/bounds';
import { put, remove, type Change } from '../ledger/entry';
import type { Ledger } from '../ledger/ledger';
import type { PieceStore } from '../pieces/piece-store';
import type { Buckets } from './buckets';
import { ledgerKeys } from './ledger-keys';
import { listPage, type ListPage, type ListQuery } from './list-page';
import type { Guard } from './objects';
import type { ObjectRecord, PartRecord, UploadRecord } from './records';
import { scan } from '../ledger/scan';

/** Unfinished multipart uploads and their parts. */
export class Uploads {
  constructor(
    private readonly ledger: Ledger,
    private readonly pieces: PieceStore,
    private readonly buckets: Buckets,
  ) {}

  async create(bucket: string, upload: UploadRecord): Promise<void> {
    this.buckets.require(bucket);
    this.ledger.write([put(ledgerKeys.upload(bucket, upload.key, upload.uploadId), upload)]);
    await this.ledger.sync();
  }

  /** Throws NoSuchBucket. */
  find(bucket: string, key: string, uploadId: string): UploadRecord | undefined {
    this.buckets.require(bucket);
    return this.ledger.get(ledgerKeys.upload(bucket, key, uploadId)) as UploadRecord | undefined;
  }

  /** Throws NoSuchBucket or NoSuchUpload. */
  require(bucket: string, key: string, uploadId: string): UploadRecord {
    const upload = this.find(bucket, key, uploadId);
    if (!upload) throw new S3Error('NoSuchUpload', { fields: { UploadId: uploadId } });
    return upload;
  }

  /** In order of key, then of beginning. Keys in the query's marker are followed by NUL and the upload's id. */
  list(bucket: string, query: ListQuery): ListPage<UploadRecord> {
    this.buckets.require(bucket);
    return listPage((bound) => this.ledger.cursor(bound), ledgerKeys.uploadPrefix(bucket), query);
  }

  all(bucket: string): UploadRecord[] {
    return scan(this.ledger, { prefix: ledgerKeys.uploadPrefix(bucket) });
  }

  parts(upload: UploadRecord, page: { afterNumber: number; limit: number }): PartRecord[] {
    const prefix = ledgerKeys.partPrefix(upload.uploadId);
    const from = after(ledgerKeys.part(upload.uploadId, page.afterNumber));
    return scan(this.ledger, { prefix, from, limit: page.limit });
  }

  allParts(upload: UploadRecord): PartRecord[] {
    return scan(this.ledger, { prefix: ledgerKeys.partPrefix(upload.uploadId) });
  }

  /** A part sent again replaces the one before. Takes over the part's piece, and discards it when the upload is gone. */
  async putPart(bucket: string, upload: UploadRecord, part: PartRecord): Promise<void> {
    const partKey = ledgerKeys.part(upload.uploadId, part.number);
    let replaced: PartRecord | undefined;
    try {
      this.require(bucket, upload.key, upload.uploadId);
      replaced = this.ledger.get(partKey) as PartRecord | undefined;
      const freed = replaced ? this.pieces.release([replaced.piece]) : [];
      this.ledger.write([put(partKey, part), ...this.pieces.claim([part.piece]), ...freed]);
    } catch (error) {
      await this.pieces.discard([part.piece]);
      throw error;
    }
    await this.ledger.sync();
    if (replaced) await this.pieces.discard([replaced.piece]);
  }

  /** Object there, upload and parts gone, in one write. Parts the object does not use are discarded. */
  async complete(bucket: string, upload: UploadRecord, { object, guard }: Completion): Promise<void> {
    this.require(bucket, upload.key, upload.uploadId);
    const objectKey = ledgerKeys.object(bucket, upload.key);
    const replaced = this.ledger.get(objectKey) as ObjectRecord | undefined;
    guard(replaced);
    const used = new Set(object.pieces.map((piece) => piece.id));
    const parts = this.allParts(upload);
    const unused = parts.map((part) => part.piece).filter((piece) => !used.has(piece.id));
    const freed = [...unused, ...(replaced?.pieces ?? [])];
    this.ledger.write([
      put(objectKey, object),
      ...this.removal(bucket, upload, parts),
      ...this.pieces.release(freed),
    ]);
    await this.ledger.sync();
    await this.pieces.discard(freed);
  }

  async abort(bucket: string, upload: UploadRecord): Promise<void> {
    const parts = this.allParts(upload);
    const freed = parts.map((part) => part.piece);
    this.ledger.write([...this.removal(bucket, upload, parts), ...this.pieces.release(freed)]);
    await this.ledger.sync();
    await this.pieces.discard(freed);
  }

  private removal(bucket: string, upload: UploadRecord, parts: readonly PartRecord[]): Change[] {
    const partKeys = parts.map((part) => ledgerKeys.part(upload.uploadId, part.number));
    return [ledgerKeys.upload(bucket, upload.key, upload.uploadId), ...partKeys].map(remove);
  }
}

export interface Completion {
  object: ObjectRecord;
  guard: Guard;
}
