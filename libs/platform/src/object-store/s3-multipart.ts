import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  UploadPartCommand,
  UploadPartCopyCommand,
  type ListPartsCommandOutput,
  type Part,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { LimitedCalls } from './call-limits';
import type {
  CopiedPart,
  MultipartListPage,
  MultipartUpload,
  PartChecksum,
  SentPart,
  StoredPart,
} from './object-store';
import { unquoted } from './s3-answers';
import { codeOf, statusOf } from './s3-errors';
import { StorageError } from './storage-error';
import { encodeKey } from './uri-encode';

/** Ceph says of an upload that is gone what others say of an object. */
const GONE = new Set(['NoSuchUpload', 'NoSuchKey']);

/** Null for the answer that there is no such upload; any other failure stays one. */
async function unlessGone<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (GONE.has(codeOf(error))) return null;
    throw error;
  }
}

/** A storage that does not know where to go on would be asked for its first page for ever. */
const stuck = (what: string): StorageError =>
  new StorageError('refused', `Storage repeats itself when it lists ${what}`);

const toStoredPart = (part: Part): StoredPart => ({
  partNumber: part.PartNumber ?? 0,
  size: part.Size ?? 0,
  etag: unquoted(part.ETag),
  checksumSha256: part.ChecksumSHA256 ?? null,
});

/** Uploads in parts of one bucket; the half of `S3ObjectStore` that is about them. */
export class S3Multipart {
  constructor(
    private readonly client: S3Client,
    private readonly bucket: string,
    private readonly calls: LimitedCalls,
  ) {}

  async create(
    key: string,
    { contentType, checksum }: { contentType: string; checksum: PartChecksum },
  ): Promise<MultipartUpload> {
    const command = new CreateMultipartUploadCommand({
      Bucket: this.bucket,
      Key: key,
      ContentType: contentType,
      // Undeclared, a part that carries its sum is refused.
      ...(checksum === 'sha256' && { ChecksumAlgorithm: 'SHA256', ChecksumType: 'COMPOSITE' }),
    });
    const { UploadId } = await this.calls.call(`begin ${key}`, (options) =>
      this.client.send(command, options),
    );
    return { key, storageUploadId: UploadId ?? '' };
  }

  async put(upload: MultipartUpload, { partNumber, body, checksumSha256 }: SentPart): Promise<void> {
    const command = new UploadPartCommand({
      ...this.target(upload),
      PartNumber: partNumber,
      Body: body,
      ContentLength: body.length,
      ...(checksumSha256 !== null && { ChecksumSHA256: checksumSha256 }),
    });
    await this.calls.transfer(`write part ${partNumber} of ${upload.key}`, (options) =>
      this.client.send(command, options),
    );
  }

  async copy(upload: MultipartUpload, { partNumber, from, range, ifSourceMatch }: CopiedPart): Promise<void> {
    const { offset, length } = range;
    const command = new UploadPartCopyCommand({
      ...this.target(upload),
      PartNumber: partNumber,
      CopySource: `${this.bucket}/${encodeKey(from)}`,
      CopySourceRange: `bytes=${offset}-${offset + length - 1}`,
      CopySourceIfMatch: `"${ifSourceMatch}"`,
    });
    await this.calls.transfer(`copy part ${partNumber} of ${upload.key} from ${from}`, (options) =>
      this.client.send(command, options),
    );
  }

  async listParts(upload: MultipartUpload): Promise<StoredPart[] | null> {
    const parts: StoredPart[] = [];
    for (let after = 0, more = true; more;) {
      const page = await this.pageOfParts(upload, after);
      if (!page) return null;
      parts.push(...(page.Parts ?? []).map(toStoredPart));
      const last = parts.at(-1)?.partNumber ?? 0;
      more = page.IsTruncated === true;
      if (more && last <= after) throw stuck(`the parts of ${upload.key}`);
      after = last;
    }
    return parts;
  }

  /** S3 answers when the object is made, which for many parts may take minutes. */
  async complete(upload: MultipartUpload, parts: readonly StoredPart[]): Promise<boolean> {
    const Parts = parts.map(({ partNumber, etag, checksumSha256 }) => ({
      PartNumber: partNumber,
      ETag: `"${etag}"`,
      ...(checksumSha256 !== null && { ChecksumSHA256: checksumSha256 }),
    }));
    const command = new CompleteMultipartUploadCommand({
      ...this.target(upload),
      MultipartUpload: { Parts },
    });
    const action = `complete ${upload.key}`;
    const made = await this.calls.transfer(action, (options) =>
      unlessGone(this.client.send(command, options)).catch(async (error: unknown) => {
        if (codeOf(error) === 'InvalidPart') {
          const message = `Storage could not ${action}: a part was sent again meanwhile`;
          throw new StorageError('precondition_failed', message, { cause: error });
        }
        if (await this.isGone(upload, error)) return null;
        throw error;
      }),
    );
    return made !== null;
  }

  async abort(upload: MultipartUpload): Promise<void> {
    const command = new AbortMultipartUploadCommand(this.target(upload));
    await this.calls.call(`abort ${upload.key}`, (options) => unlessGone(this.client.send(command, options)));
  }

  async list(
    prefix: string,
    { after, limit }: { after?: MultipartUpload; limit?: number },
  ): Promise<MultipartListPage> {
    const command = new ListMultipartUploadsCommand({
      Bucket: this.bucket,
      Prefix: prefix,
      KeyMarker: after?.key,
      UploadIdMarker: after?.storageUploadId,
      MaxUploads: limit,
      // No encoding: asked for one, Ceph 16.2 encodes the keys and does not say so.
    });
    const page = await this.calls.call(`list uploads of ${prefix}`, (options) =>
      this.client.send(command, options),
    );
    const uploads = (page.Uploads ?? []).map(({ Key, UploadId, Initiated }) => ({
      key: Key ?? '',
      storageUploadId: UploadId ?? '',
      initiatedAt: Initiated ?? new Date(0),
    }));
    const { key = '', storageUploadId = '' } = uploads.at(-1) ?? {};
    if (page.IsTruncated !== true || key === '') return { uploads, next: null };
    if (storageUploadId === after?.storageUploadId) throw stuck(`uploads of ${prefix}`);
    return { uploads, next: { key, storageUploadId } };
  }

  /** Ceph says 500 for good of the completion of an upload that is gone: a list of its parts tells. */
  private async isGone(upload: MultipartUpload, error: unknown): Promise<boolean> {
    if ((statusOf(error) ?? 0) < 500) return false;
    return this.pageOfParts(upload).then(
      (page) => page === null,
      () => false,
    );
  }

  private pageOfParts(upload: MultipartUpload, after = 0): Promise<ListPartsCommandOutput | null> {
    const PartNumberMarker = after > 0 ? String(after) : undefined;
    const command = new ListPartsCommand({ ...this.target(upload), PartNumberMarker });
    return this.calls.call(`list the parts of ${upload.key}`, (options) =>
      unlessGone(this.client.send(command, options)),
    );
  }

  private target({ key, storageUploadId }: MultipartUpload) {
    return { Bucket: this.bucket, Key: key, UploadId: storageUploadId };
  }
}
