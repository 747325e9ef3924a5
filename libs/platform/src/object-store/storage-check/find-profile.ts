import { randomUUID } from 'node:crypto';
import type { S3Client } from '@aws-sdk/client-s3';
import { objectKey } from '../object-key';
import type { PartChecksum } from '../object-store';
import { toStorageError } from '../s3-errors';
import type { StorageProfile } from '../storage-profile';
import { inTime, type Finding } from './ask-probes';
import { partChecksumProbes, type PartChecksumName } from './part-checksum-probes';

/** Shorter than a browser waits for the answer to its upload. */
const PATIENCE_MS = 25_000;

/** A sum serves only where it keeps wrong bytes out *and* is told later, when the parts are compared. */
function partChecksumOf(holds: Record<PartChecksumName, boolean>): PartChecksum {
  if (holds.partSha256Enforced && holds.partSha256Told) return 'sha256';
  return holds.partMd5Enforced && holds.partEtagIsMd5 ? 'md5' : 'none';
}

/** Null where one of the answers that it rests on is missing. */
export function profileOfFindings(findings: readonly Finding[]): StorageProfile | null {
  const answers = new Map(findings.map(({ name, answer }) => [name, answer]));
  const names = Object.keys(partChecksumProbes);
  if (!names.every((name) => ['yes', 'no'].includes(answers.get(name) ?? ''))) return null;
  const holds = Object.fromEntries(names.map((name) => [name, answers.get(name) === 'yes']));
  return { partChecksum: partChecksumOf(holds as Record<PartChecksumName, boolean>) };
}

/**
 * Asks the bucket itself, by uploads in parts that are aborted again, and only what the product does differently
 * because of it. Throws `StorageError` unless everything was answered.
 */
export async function findProfile(client: S3Client, bucket: string): Promise<StorageProfile> {
  const prefix = objectKey.checkPrefix(randomUUID());
  const probed = { client, bucket, newKey: () => prefix + randomUUID() };
  const asked = Object.entries(partChecksumProbes).map(
    async ([name, { ask }]): Promise<[string, boolean]> => [name, await ask(probed)],
  );
  try {
    const holds = Object.fromEntries(await inTime(Promise.all(asked), PATIENCE_MS));
    return { partChecksum: partChecksumOf(holds as Record<PartChecksumName, boolean>) };
  } catch (error) {
    throw toStorageError(error, `say how it checks parts in ${bucket}`);
  }
}
