import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type HeadObjectCommandOutput,
  type S3Client,
} from '@aws-sdk/client-s3';
import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { DEFAULT_LIMITS, LimitedCalls, type CallLimits, type CallOptions } from './call-limits';
import type {
  CopiedPart,
  CopyOptions,
  ListPage,
  MultipartListPage,
  MultipartUpload,
  ObjectStat,
  ObjectStore,
  PartChecksum,
  PutOptions,
  SentPart,
  StoredPart,
} from './object-store';
import { decodeKey, unquoted } from './s3-answers';
import { codeOf, statusOf } from './s3-errors';
import { S3Multipart } from './s3-multipart';
import { StorageError } from './storage-error';
import { guardBody, readAtMost } from './stored-body';
import { encodeKey } from './uri-encode';

/** A multipart upload's sum of sums (`…-3`) is not the SHA-256 of the object. */
const wholeSha256 = (checksum: string | undefined): string | null =>
  checksum === undefined || /-\d+$/.test(checksum) ? null : checksum;

/** S3 takes no lock without a sum of the body. */
const lockOf = (body: Buffer, until: Date) => ({
  ObjectLockMode: 'COMPLIANCE' as const,
  ObjectLockRetainUntilDate: until,
  ContentMD5: createHash('md5').update(body).digest('base64'),
});

/** Any S3-compatible bucket. What it relies on is stated, and run against each storage, in test/contract. */
export class S3ObjectStore implements ObjectStore {
  private readonly calls: LimitedCalls;
  private readonly multipart: S3Multipart;

  constructor(
    private readonly client: S3Client,
    private readonly bucket: string,
    private readonly limits: CallLimits = DEFAULT_LIMITS,
  ) {
    this.calls = new LimitedCalls(limits);
    this.multipart = new S3Multipart(client, bucket, this.calls);
  }

  async head(key: string): Promise<ObjectStat | null> {
    try {
      const found = await this.calls.call(`look at ${key}`, (options) => this.headWithChecksum(key, options));
      return {
        key,
        size: found.ContentLength ?? 0,
        contentType: found.ContentType ?? 'application/octet-stream',
        etag: unquoted(found.ETag),
        checksumSha256: wholeSha256(found.ChecksumSHA256),
        lastModified: found.LastModified ?? new Date(0),
      };
    } catch (error) {
      if (error instanceof StorageError && error.failure === 'not_found') return null;
      throw error;
    }
  }

  async readRange(key: string, offset: number, length: number): Promise<Buffer> {
    if (length <= 0) return Buffer.alloc(0);
    const action = `read ${key}`;
    return this.calls.transfer(action, async (options) => {
      const Range = `bytes=${offset}-${offset + length - 1}`;
      const command = new GetObjectCommand({ Bucket: this.bucket, Key: key, Range });
      const found = await this.client.send(command, options).catch((error: unknown) => {
        // 416: nothing from `offset` on, such as the first bytes of an empty object.
        if (statusOf(error) === 416) return null;
        throw error;
      });
      if (found === null) return Buffer.alloc(0);
      const body = found.Body as Readable;
      if (offset > 0 && found.ContentRange === undefined) {
        body.destroy();
        throw new StorageError('refused', `Storage ignored the range asked of ${key}`);
      }
      return readAtMost(guardBody(body, { action, idleMs: this.limits.idleMs }), length);
    });
  }

  async openRead(key: string): Promise<Readable> {
    const action = `read ${key}`;
    const command = new GetObjectCommand({ Bucket: this.bucket, Key: key });
    const found = await this.calls.call(action, (options) => this.client.send(command, options));
    return guardBody(found.Body as Readable, { action, idleMs: this.limits.idleMs });
  }

  async put(
    key: string,
    body: Buffer,
    { contentType, cacheControl, lockedUntil }: PutOptions,
  ): Promise<{ etag: string }> {
    const command = new PutObjectCommand({
      Bucket: this.bucket,
      Key: key,
      Body: body,
      ContentLength: body.length,
      ContentType: contentType,
      CacheControl: cacheControl,
      ...(lockedUntil && lockOf(body, lockedUntil)),
    });
    const stored = await this.calls.transfer(`write ${key}`, (options) => this.client.send(command, options));
    return { etag: unquoted(stored.ETag) };
  }

  async copy(from: string, to: string, { ifSourceMatch }: CopyOptions): Promise<{ etag: string }> {
    const command = new CopyObjectCommand({
      Bucket: this.bucket,
      Key: to,
      // Sent as it is by the SDK, so a key with a space, `+` or `%` must be encoded here.
      CopySource: `${this.bucket}/${encodeKey(from)}`,
      CopySourceIfMatch: `"${ifSourceMatch}"`,
    });
    const copied = await this.calls.transfer(`copy ${from} to ${to}`, (options) =>
      this.client.send(command, options),
    );
    return { etag: unquoted(copied.CopyObjectResult?.ETag) };
  }

  async delete(key: string): Promise<void> {
    const command = new DeleteObjectCommand({ Bucket: this.bucket, Key: key });
    await this.calls.call(`delete ${key}`, async (options) => {
      await this.client.send(command, options).catch((error: unknown) => {
        if (codeOf(error) !== 'NoSuchKey') throw error;
      });
    });
  }

  async list(prefix: string, page: { after?: string; limit?: number } = {}): Promise<ListPage> {
    const command = new ListObjectsV2Command({
      Bucket: this.bucket,
      Prefix: prefix,
      StartAfter: page.after,
      MaxKeys: page.limit,
      // XML cannot carry every character that a key may have.
      EncodingType: 'url',
    });
    const found = await this.calls.call(`list ${prefix}`, (options) => this.client.send(command, options));
    const objects = (found.Contents ?? []).map((item) => ({
      key: decodeKey(item.Key, found.EncodingType),
      size: item.Size ?? 0,
      etag: unquoted(item.ETag),
      lastModified: item.LastModified ?? new Date(0),
    }));
    return { objects, next: found.IsTruncated ? (objects.at(-1)?.key ?? null) : null };
  }

  createMultipart(
    key: string,
    options: { contentType: string; checksum: PartChecksum },
  ): Promise<MultipartUpload> {
    return this.multipart.create(key, options);
  }

  putPart(upload: MultipartUpload, part: SentPart): Promise<void> {
    return this.multipart.put(upload, part);
  }

  copyPart(upload: MultipartUpload, part: CopiedPart): Promise<void> {
    return this.multipart.copy(upload, part);
  }

  listParts(upload: MultipartUpload): Promise<StoredPart[] | null> {
    return this.multipart.listParts(upload);
  }

  completeMultipart(upload: MultipartUpload, parts: readonly StoredPart[]): Promise<boolean> {
    return this.multipart.complete(upload, parts);
  }

  abortMultipart(upload: MultipartUpload): Promise<void> {
    return this.multipart.abort(upload);
  }

  listMultiparts(
    prefix: string,
    page: { after?: MultipartUpload; limit?: number } = {},
  ): Promise<MultipartListPage> {
    return this.multipart.list(prefix, page);
  }

  async check(): Promise<void> {
    const command = new HeadBucketCommand({ Bucket: this.bucket });
    await this.calls.call(`open the bucket ${this.bucket}`, (options) => this.client.send(command, options));
  }

  /** Some storages refuse to be asked for checksums, and AWS does for a key that may not decrypt: then without. */
  private async headWithChecksum(key: string, options: CallOptions): Promise<HeadObjectCommandOutput> {
    const input = { Bucket: this.bucket, Key: key };
    try {
      return await this.client.send(new HeadObjectCommand({ ...input, ChecksumMode: 'ENABLED' }), options);
    } catch (error) {
      if (![400, 403, 501].includes(statusOf(error) ?? 0)) throw error;
      return this.client.send(new HeadObjectCommand(input), options);
    }
  }
}
