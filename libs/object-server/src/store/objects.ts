import { S3Error } from '../errors/s3-error';
import { after } from '../ledger/bounds';
import { put, remove } from '../ledger/entry';
import type { Ledger } from '../ledger/ledger';
import type { PieceStore } from '../pieces/piece-store';
import type { Buckets } from './buckets';
import { ledgerKeys } from './ledger-keys';
import { listPage, type ListPage, type ListQuery } from './list-page';
import type { ObjectRecord } from './records';
import { scan } from '../ledger/scan';

/** Looks at the object that a write would replace and throws when the write may not happen. */
export type Guard = (current: ObjectRecord | undefined) => void;

const allow: Guard = () => undefined;

export class Objects {
  constructor(
    private readonly ledger: Ledger,
    private readonly pieces: PieceStore,
    private readonly buckets: Buckets,
  ) {}

  /** Throws NoSuchBucket. */
  find(bucket: string, key: string): ObjectRecord | undefined {
    this.buckets.require(bucket);
    return this.ledger.get(ledgerKeys.object(bucket, key)) as ObjectRecord | undefined;
  }

  /** Throws NoSuchBucket or NoSuchKey. */
  require(bucket: string, key: string): ObjectRecord {
    const record = this.find(bucket, key);
    if (!record) throw new S3Error('NoSuchKey', { fields: { Key: key } });
    return record;
  }

  /**
   * Makes the record the object of its key. Its pieces must be loose; they are discarded when the guard refuses. Guard and
   * write happen in one tick, so of two conditional writes one wins.
   */
  async put(bucket: string, record: ObjectRecord, guard: Guard = allow): Promise<void> {
    let replaced: ObjectRecord | undefined;
    try {
      replaced = this.find(bucket, record.key);
      guard(replaced);
      this.ledger.write([
        put(ledgerKeys.object(bucket, record.key), record),
        ...this.pieces.claim(record.pieces),
        ...this.pieces.release(replaced?.pieces ?? []),
      ]);
    } catch (error) {
      await this.pieces.discard(record.pieces);
      throw error;
    }
    await this.ledger.sync();
    await this.pieces.discard(replaced?.pieces ?? []);
  }

  /** Changes what is said of an object, never its bytes. Throws NoSuchKey. */
  async replaceTags(bucket: string, key: string, tags: Record<string, string>): Promise<void> {
    const record = this.require(bucket, key);
    this.ledger.write([put(ledgerKeys.object(bucket, key), { ...record, tags } satisfies ObjectRecord)]);
    await this.ledger.sync();
  }

  /** Deleting what is not there succeeds, as in S3. */
  async delete(bucket: string, key: string, guard: Guard = allow): Promise<void> {
    const record = this.find(bucket, key);
    guard(record);
    if (!record) return;
    this.ledger.write([remove(ledgerKeys.object(bucket, key)), ...this.pieces.release(record.pieces)]);
    await this.ledger.sync();
    await this.pieces.discard(record.pieces);
  }

  list(bucket: string, query: ListQuery): ListPage<ObjectRecord> {
    this.buckets.require(bucket);
    return listPage((bound) => this.ledger.cursor(bound), ledgerKeys.objectPrefix(bucket), query);
  }

  /** A page of all objects of a bucket, for work over every one of them. */
  scan(bucket: string, page: { after: string; limit: number }): ObjectRecord[] {
    const from = after(ledgerKeys.object(bucket, page.after));
    return scan(this.ledger, { prefix: ledgerKeys.objectPrefix(bucket), from, limit: page.limit });
  }
}
