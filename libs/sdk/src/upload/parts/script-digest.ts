import { toBase64 } from '../../client/to-base64.js';
import type { Digest } from '../sha256.js';

/** About 15 ms of work: a page stays responsive. */
const STEP_BYTES = 1024 * 1024;

async function hasherOf(algorithm: 'sha256' | 'md5') {
  if (algorithm === 'md5') {
    const { md5 } = await import('@noble/hashes/legacy.js');
    return md5.create();
  }
  const { sha256 } = await import('@noble/hashes/sha2.js');
  return sha256.create();
}

const breathe = () => new Promise<void>((resolve) => setTimeout(resolve));

/** In JavaScript, and a tenth as fast as the platform's own: where that is missing. */
export const scriptDigest: Digest = async (algorithm, data) => {
  const hasher = await hasherOf(algorithm);
  for (let start = 0; start < data.byteLength; start += STEP_BYTES) {
    if (start > 0) await breathe();
    hasher.update(new Uint8Array(data, start, Math.min(STEP_BYTES, data.byteLength - start)));
  }
  return toBase64(hasher.digest().buffer);
};
