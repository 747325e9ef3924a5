import type { MultipartUpload, ObjectStat, ObjectStore } from './object-store';

const MIB = 1024 * 1024;

/** S3 copies up to 5 GiB in one call, which then takes as long as that takes. Bytes. */
const ONE_CALL = 1024 * MIB;
const MAX_PARTS = 10_000;

const partSizeOf = (bytes: number): number => Math.max(256 * MIB, Math.ceil(bytes / MAX_PARTS));

/**
 * A server-side copy of an object of any size; a large one in parts, so that no call takes long. Doing it again makes the
 * same object. Throws `StorageError`.
 */
export async function copyAnySize(
  objects: ObjectStore,
  { from, to, oneCall = ONE_CALL }: { from: ObjectStat; to: string; oneCall?: number },
): Promise<void> {
  if (from.size <= oneCall) {
    await objects.copy(from.key, to, { ifSourceMatch: from.etag });
    return;
  }
  const upload = await objects.createMultipart(to, { contentType: from.contentType, checksum: 'none' });
  try {
    await copyParts(objects, { from, upload, partSize: Math.min(oneCall, partSizeOf(from.size)) });
    await objects.completeMultipart(upload, (await objects.listParts(upload)) ?? []);
  } catch (error) {
    // Best effort: what is left of it is swept up after a week.
    await objects.abortMultipart(upload).catch(() => undefined);
    throw error;
  }
}

async function copyParts(
  objects: ObjectStore,
  { from, upload, partSize }: { from: ObjectStat; upload: MultipartUpload; partSize: number },
): Promise<void> {
  const { key, size, etag: ifSourceMatch } = from;
  for (let partNumber = 1, offset = 0; offset < size; partNumber += 1, offset += partSize) {
    const range = { offset, length: Math.min(partSize, size - offset) };
    await objects.copyPart(upload, { partNumber, from: key, range, ifSourceMatch });
  }
}
