import type { MultipartUpload, ObjectStore } from './object-store';
import { StorageError } from './storage-error';

const MIB = 1024 * 1024;

/** S3 takes no smaller part but the last. Bytes. */
const SMALLEST_PART = 8 * MIB;
const MAX_PARTS = 10_000;

export interface StreamedObject {
  key: string;
  contentType: string;
  /** Bytes, about; up to ten times as many fit. */
  expectedSize: number;
  /** In place of what `expectedSize` asks for: bytes, at least 5 MiB. */
  partSize?: number;
}

const partSizeOf = ({ expectedSize }: StreamedObject): number =>
  Math.max(SMALLEST_PART, Math.ceil(expectedSize / (MAX_PARTS / 10)));

/**
 * Writes an object whose length nobody knows before its end, in parts, of which the memory holds one. Doing it again
 * writes it anew. Resolves to its length in bytes. Throws `StorageError`, and what `body` throws; then nothing is left,
 * but where the storage is away: `abortUploadsOf` clears that.
 */
export async function uploadStream(
  objects: ObjectStore,
  object: StreamedObject,
  body: AsyncIterable<Buffer>,
): Promise<number> {
  const { key, contentType } = object;
  const upload = await objects.createMultipart(key, { contentType, checksum: 'none' });
  try {
    const size = await sendParts(objects, upload, partsOf(body, object.partSize ?? partSizeOf(object)));
    const parts = (await objects.listParts(upload)) ?? [];
    if (await objects.completeMultipart(upload, parts)) return size;
    throw new StorageError('unavailable', `Storage has lost the parts of ${key}`);
  } catch (error) {
    await objects.abortMultipart(upload).catch(() => undefined);
    throw error;
  }
}

/** Clears what writes of this key that died have left. Throws `StorageError`. */
export async function abortUploadsOf(objects: ObjectStore, key: string): Promise<void> {
  for (let after: MultipartUpload | null | undefined; after !== null;) {
    const page = await objects.listMultiparts(key, after === undefined ? {} : { after });
    for (const upload of page.uploads) if (upload.key === key) await objects.abortMultipart(upload);
    after = page.next;
  }
}

async function sendParts(
  objects: ObjectStore,
  upload: MultipartUpload,
  parts: AsyncIterable<Buffer>,
): Promise<number> {
  let size = 0;
  let partNumber = 0;
  for await (const body of parts) {
    partNumber += 1;
    await objects.putPart(upload, { partNumber, body, checksumSha256: null });
    size += body.length;
  }
  return size;
}

/** All of one size but the last, as some storages want them. One buffer serves for all: each is sent before the next. */
async function* partsOf(body: AsyncIterable<Buffer>, partSize: number): AsyncGenerator<Buffer> {
  const part = Buffer.allocUnsafe(partSize);
  let filled = 0;
  for await (const chunk of body) {
    for (let taken = 0; taken < chunk.length;) {
      const copied = chunk.copy(part, filled, taken);
      filled += copied;
      taken += copied;
      if (filled === partSize) {
        yield part;
        filled = 0;
      }
    }
  }
  if (filled > 0) yield part.subarray(0, filled);
}
