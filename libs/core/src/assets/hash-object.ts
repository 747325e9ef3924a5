import { createHash } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import type { ObjectStore } from '@slipway/platform/object-store/object-store';

/** Base64 SHA-256 of a stored object, read back as a stream. */
export async function hashObject(key: string, objects: ObjectStore): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(await objects.openRead(key), hash);
  return hash.digest('base64');
}
