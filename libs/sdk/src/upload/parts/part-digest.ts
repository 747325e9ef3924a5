import type { Digest } from '../sha256.js';
import { UnsupportedError } from '../../errors/unsupported-error.js';
import { scriptDigest } from './script-digest.js';

/** The digest given, and one in JavaScript for what it does not know: MD5, and SHA-256 on pages without https. */
export const withFallback =
  (digest: Digest): Digest =>
  async (algorithm, data) => {
    try {
      return await digest(algorithm, data);
    } catch (error) {
      if (!(error instanceof UnsupportedError)) throw error;
      return scriptDigest(algorithm, data);
    }
  };
