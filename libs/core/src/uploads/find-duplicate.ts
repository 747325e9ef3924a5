import { IsNull } from 'typeorm';
import { Asset } from '../assets/asset.entity';
import type { Deps } from '../shared/deps';
import type { BeginUploadInput } from './announcement';

/** What one CopyObject takes. https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html */
const MAX_COPY_SIZE = 5 * 1024 ** 3;

/** The asset of the same project that has these bytes; null when there is none, or none that can be copied. */
export async function findDuplicate(
  { projectId, checksumSha256, fileSize, contentType }: BeginUploadInput,
  { db }: Pick<Deps, 'db'>,
): Promise<string | null> {
  if (!checksumSha256 || fileSize > MAX_COPY_SIZE) return null;
  const asset = await db.manager.findOne(Asset, {
    select: { id: true },
    where: { projectId, checksumSha256, fileSize, contentType, deletedAt: IsNull() },
    order: { createdAt: 'desc' },
  });
  return asset?.id ?? null;
}
