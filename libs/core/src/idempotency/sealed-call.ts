import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import { canonicalJson } from './canonical-json';

/** A call that is to have one answer, however often it is made. */
export interface KeyedCall {
  /** Whose key it is: the same key of another is another key. */
  caller: string;
  /** The `Idempotency-Key`. */
  key: string;
  /** Method, route and all that was sent; compared as canonical JSON. */
  request: unknown;
}

export interface Answer {
  status: number;
  /** What JSON can hold. */
  body: unknown;
}

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const SECRET_BYTES = 32;

/**
 * Everything that is stored of a call. Its secrets are derived (HKDF, RFC 5869) from the server's secret and from the
 * key itself, which is stored nowhere: a copy of the table opens no signed URL and no token in the answers, and gives
 * no chance to try out passwords against the hash of a sign-in.
 */
export class SealedCall {
  /** SHA-256 of caller and key; the key of the row. */
  readonly id: Buffer;
  /** HMAC-SHA-256 of the request. */
  readonly request: Buffer;
  private readonly secret: Buffer;

  constructor({ caller, key, request }: KeyedCall, serverSecret: KeyObject) {
    // Neither has a U+0000, so that no two pairs read alike.
    this.id = createHash('sha256').update(`${caller}\0${key}`).digest();
    const derived = Buffer.from(
      hkdfSync('sha256', serverSecret, key, `slipway idempotency ${caller}`, 2 * SECRET_BYTES),
    );
    this.secret = derived.subarray(0, SECRET_BYTES);
    this.request = createHmac('sha256', derived.subarray(SECRET_BYTES))
      .update(canonicalJson(request))
      .digest();
  }

  /** AES-256-GCM: nonce, tag, ciphertext. Bound to its row, so that it cannot be given out as another's. */
  seal(body: unknown): Buffer {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(CIPHER, this.secret, nonce).setAAD(this.bound());
    // Wrapped, since an answer without a body is none for JSON.
    const text = [cipher.update(JSON.stringify({ body })), cipher.final()];
    return Buffer.concat([nonce, cipher.getAuthTag(), ...text]);
  }

  /** Throws for what this call did not seal. */
  open(sealed: Buffer): unknown {
    const tagEnd = NONCE_BYTES + TAG_BYTES;
    const decipher = createDecipheriv(CIPHER, this.secret, sealed.subarray(0, NONCE_BYTES), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(this.bound()).setAuthTag(sealed.subarray(NONCE_BYTES, tagEnd));
    const text = Buffer.concat([decipher.update(sealed.subarray(tagEnd)), decipher.final()]);
    return (JSON.parse(text.toString()) as { body?: unknown }).body;
  }

  private bound(): Buffer {
    return Buffer.concat([this.id, this.request]);
  }
}
