/** Computes a digest of bytes that come in pieces; hashes of `node:crypto` are such too. */
export interface Hasher {
  update(chunk: Uint8Array): void;
  digest(): Buffer;
}
