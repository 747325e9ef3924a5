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
import { PassThrough, Readable } from 'node:stream';
import type { CopyOptions, ListPage, ObjectStat, ObjectStore, PutOptions } from './object-store';
import { codeOf, statusOf, toStorageError } from './s3-errors';
import { StorageError } from './storage-error';
import { encodeKey } from './uri-encode';

export interface CallLimits {
  /** Milliseconds for a whole call, its repetitions included. */
  callMs: number;
  /** The same for calls that move bytes: a server-side copy answers only when it is done. */
  transferMs: number;
}

/** A call ends before a browser or proxy loses patience with our own answer. */
const DEFAULT_LIMITS: CallLimits = { callMs: 25_000, transferMs: 120_000 };

interface CallOptions {
  abortSignal: AbortSignal;
  requestTimeout?: number;
}

const unquoted = (etag: string | undefined): string => (etag ?? '').replace(/^(?:W\/)?"|"$/g, '');

/** A multipart upload's sum of sums (`…-3`) is not the SHA-256 of the object. */
const wholeSha256 = (checksum: string | undefined): string | null =>
  checksum === undefined || /-\d+$/.test(checksum) ? null : checksum;

/** The same bytes; what goes wrong on the way arrives as a `StorageError`. */
function withStorageErrors(body: Readable, action: string): Readable {
  const out = new PassThrough();
  body.on('error', (error) => out.destroy(toStorageError(error, action)));
  out.on('close', () => body.destroy());
  return body.pipe(out);
}

/**
 * Stops beyond `length` bytes, so that a storage that ignores ranges cannot fill the memory with a whole object. Not
 * at `length`: a body that is left before its end takes its connection with it.
 */
async function readAtMost(body: Readable, length: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    const bytes = chunk as Buffer;
    chunks.push(bytes);
    size += bytes.length;
    if (size > length) break;
  }
  return Buffer.concat(chunks, Math.min(size, length));
}

/** Ends what is not done in time; what fails, fails as a `StorageError` that says what was tried. */
async function within<T>(
  milliseconds: number,
  action: string,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const timer = setTimeout(
    () => controller.abort(new Error(`no answer within ${milliseconds} ms`)),
    milliseconds,
  );
  try {
    return await run(controller.signal);
  } catch (error) {
    throw toStorageError(error, action);
  } finally {
    clearTimeout(timer);
  }
}

/** Any S3-compatible bucket. What it relies on is stated, and run against each storage, in test/contract. */
export class S3ObjectStore implements ObjectStore {
  constructor(
    private readonly client: S3Client,
    private readonly bucket: string,
    private readonly limits: CallLimits = DEFAULT_LIMITS,
  ) {}

  async head(key: string): Promise<ObjectStat | null> {
    try {
      const found = await this.call(`look at ${key}`, (options) => this.headWithChecksum(key, options));
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
    return this.transfer(`read ${key}`, async (options) => {
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
      return readAtMost(body, length);
    });
  }

  async openRead(key: string): Promise<Readable> {
    const action = `read ${key}`;
    const command = new GetObjectCommand({ Bucket: this.bucket, Key: key });
    const found = await this.call(action, (options) => this.client.send(command, options));
    return withStorageErrors(found.Body as Readable, action);
  }

  async put(key: string, body: Buffer, { contentType, cacheControl }: PutOptions): Promise<{ etag: string }> {
    const command = new PutObjectCommand({
      Bucket: this.bucket,
      Key: key,
      Body: body,
      ContentLength: body.length,
      ContentType: contentType,
      CacheControl: cacheControl,
    });
    const stored = await this.transfer(`write ${key}`, (options) => this.client.send(command, options));
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
    const copied = await this.transfer(`copy ${from} to ${to}`, (options) =>
      this.client.send(command, options),
    );
    return { etag: unquoted(copied.CopyObjectResult?.ETag) };
  }

  async delete(key: string): Promise<void> {
    const command = new DeleteObjectCommand({ Bucket: this.bucket, Key: key });
    await this.call(`delete ${key}`, async (options) => {
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
    const found = await this.call(`list ${prefix}`, (options) => this.client.send(command, options));
    const keyOf = (key: string): string =>
      found.EncodingType === 'url' ? decodeURIComponent(key.replaceAll('+', ' ')) : key;
    const objects = (found.Contents ?? []).map((item) => ({
      key: keyOf(item.Key ?? ''),
      size: item.Size ?? 0,
      etag: unquoted(item.ETag),
      lastModified: item.LastModified ?? new Date(0),
    }));
    return { objects, next: found.IsTruncated ? (objects.at(-1)?.key ?? null) : null };
  }

  async check(): Promise<void> {
    const command = new HeadBucketCommand({ Bucket: this.bucket });
    await this.call(`open the bucket ${this.bucket}`, (options) => this.client.send(command, options));
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

  private call<T>(action: string, run: (options: CallOptions) => Promise<T>): Promise<T> {
    return within(this.limits.callMs, action, (abortSignal) => run({ abortSignal }));
  }

  private transfer<T>(action: string, run: (options: CallOptions) => Promise<T>): Promise<T> {
    const { transferMs } = this.limits;
    return within(transferMs, action, (abortSignal) => run({ abortSignal, requestTimeout: transferMs }));
  }
}
