import { createHash, randomBytes } from 'node:crypto';

const BYTES = 32;

export interface SecretToken {
  /** 43 characters of base64url; given to its holder, and kept nowhere. */
  text: string;
  /** What is kept. */
  hash: Buffer;
}

/** SHA-256 without a salt: 256 random bits cannot be tried out, and a row must be found by it. */
export const hashOfToken = (text: string): Buffer => createHash('sha256').update(text).digest();

export function newSecretToken(): SecretToken {
  const text = randomBytes(BYTES).toString('base64url');
  return { text, hash: hashOfToken(text) };
}
