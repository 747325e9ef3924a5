import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

const derived = (secret: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, '', 'slipway signing keys', KEY_BYTES));

/**
 * Keeps private keys unreadable in the database: AES-256-GCM with a key derived (HKDF, RFC 5869) from the server's
 * secret. What the secret before it sealed still opens.
 */
export class KeySeal {
  private readonly keys: readonly Buffer[];

  constructor(secret: string, previous: string | null) {
    this.keys = [secret, ...(previous === null ? [] : [previous])].map(derived);
  }

  /** Nonce, tag, ciphertext; opens only together with the same `about`. */
  seal(content: Buffer, about: string): Buffer {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(CIPHER, this.keys[0] as Buffer, nonce).setAAD(Buffer.from(about));
    const sealed = [cipher.update(content), cipher.final()];
    return Buffer.concat([nonce, cipher.getAuthTag(), ...sealed]);
  }

  /** Null for what no secret here sealed. */
  open(sealed: Buffer, about: string): Buffer | null {
    for (const key of this.keys) {
      try {
        return openWith(key, sealed, about);
      } catch {
        // Sealed by another secret, or changed since.
      }
    }
    return null;
  }
}

function openWith(key: Buffer, sealed: Buffer, about: string): Buffer {
  const tagEnd = NONCE_BYTES + TAG_BYTES;
  const decipher = createDecipheriv(CIPHER, key, sealed.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(Buffer.from(about)).setAuthTag(sealed.subarray(NONCE_BYTES, tagEnd));
  return Buffer.concat([decipher.update(sealed.subarray(tagEnd)), decipher.final()]);
}
